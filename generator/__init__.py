"""Safe Campus: from a school's safety plan and records to a site that staff can search.

Reading order: problems, strict_yaml, project, records, plan, history, compliance,
ledger (the spine), site, publish, cli.
"""

__version__ = "0.1.0"
