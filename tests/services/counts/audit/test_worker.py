from __future__ import annotations

import multiprocessing
import os
import threading
import time

import pytest

from benchmarks.simulated import released, shipped, visits
from migrant_office.progress import Cancelled, Progress
from migrant_office.services.counts.audit import worker
from migrant_office.services.counts.audit.auditing import Job, audit
from migrant_office.services.counts.audit.knowledge import Structure
from migrant_office.services.counts.audit.report import AuditReport
from migrant_office.services.counts.audit.truth import truth_of
from migrant_office.services.counts.audit.worker import AuditFailed, audit_apart


@pytest.fixture(scope="module")
def job():
    records, catalogue = visits(60, 1), shipped()
    release = released(records, catalogue)
    truth = truth_of(records, catalogue, release)
    return Job(releases=(release,), structure=Structure.of(catalogue), truths=(truth,))


def test_apart_and_here_find_the_same_and_the_report_is_kept_as_text(job, capfd):
    progress = Progress()
    report = audit_apart(job, progress)
    assert capfd.readouterr().out == ""  # the solver's greeting would stand among the lines of a command
    assert report.passed
    assert 0 < progress.done <= progress.total
    assert report == audit(job)
    assert AuditReport.from_json(report.to_json()) == report
    assert multiprocessing.active_children() == []


def test_stopping_ends_the_process(job):
    progress = Progress()
    progress.cancel()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        audit_apart(job, progress)
    assert time.monotonic() - started < 2
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_no_audit_that_passed(job):
    """Killed from outside, as a system does that runs out of memory."""
    ended = []

    def kill():
        while not (children := multiprocessing.active_children()):
            time.sleep(0.01)
        children[0].kill()
        ended.append(children[0])

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(AuditFailed):
        audit_apart(job)
    killer.join()
    assert ended


def test_an_error_inside_is_told_without_what_it_holds(job, monkeypatch):
    heard = []

    class Ear:
        def put(self, told):
            heard.append(told)

    def fails(*_told):
        raise RuntimeError("37 persons")

    monkeypatch.setattr(worker, "audit", fails)
    monkeypatch.setattr(os, "dup2", lambda *_told: None)
    with pytest.raises(SystemExit):
        worker._work(job, Ear())
    assert heard == [("failed", None)]
