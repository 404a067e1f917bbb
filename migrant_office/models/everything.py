"""Every noun of an office, named once. The tables follow this list, so whoever opens an office must have it."""

from __future__ import annotations

from migrant_office.models.encounter import Encounter
from migrant_office.models.need import Need
from migrant_office.models.other_id import OtherId
from migrant_office.models.person import Person
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.restricted import Protection
from migrant_office.models.service import Service

NOUNS_OF_AN_OFFICE = (Person, OtherId, Encounter, Need, Referral, ReferralStep, Protection, Service)
