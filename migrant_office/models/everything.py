"""Every noun of an office, named once. The tables follow this list, so whoever opens an office must have it."""

from __future__ import annotations

from migrant_office.models.appointment import Appointment
from migrant_office.models.attachment import Attachment
from migrant_office.models.consent import Consent
from migrant_office.models.directory.package import HsdsOther, HsdsPackage
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.directory.tables import TABLES
from migrant_office.models.eligibility.told import ToldFact, VerdictChange
from migrant_office.models.encounter import Encounter
from migrant_office.models.follow_up import Attempt, FollowUp, Handover
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.form_version import FormVersion
from migrant_office.models.household import Household, Member
from migrant_office.models.judgement import Judgement, PrivateJudgement
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.nationality_groups import NationalityGroups
from migrant_office.models.need import Need
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.other_id import OtherId
from migrant_office.models.pathway.nouns import LabourSnapshot, Milestone, Pathway
from migrant_office.models.person import Person
from migrant_office.models.queue import Ticket, TicketStep
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.restricted import PrivateAnswer, Protection, RapidStep, Story
from migrant_office.models.service import Service
from migrant_office.models.sheet_print import SheetPrint
from migrant_office.models.sheet_row import SheetRow
from migrant_office.models.survey import KnowledgeCheck, Satisfaction, Survey
from migrant_office.models.text_review import TextReview
from migrant_office.models.vault.merging import Merge
from migrant_office.models.work import Experience

NOUNS_OF_AN_OFFICE = (
    *(Person, OtherId, HeldDocument, Experience, Encounter, Need, Referral, ReferralStep, Consent, FormRecord, Answer),
    *(Protection, Story, RapidStep, PrivateAnswer, Household, Member, Service, FormVersion, Attachment),
    *(Judgement, PrivateJudgement, Merge, FollowUp, Attempt, Handover),
    *(Ticket, TicketStep, Appointment),
    *(Survey, Satisfaction, KnowledgeCheck),
    *(Pathway, Milestone, LabourSnapshot, SheetPrint, SheetRow),
    *(*TABLES.values(), HsdsPackage, HsdsOther, Procedure),
    *(ToldFact, VerdictChange),
    *(OfficeSetting, TextReview, NationalityGroups),
)
