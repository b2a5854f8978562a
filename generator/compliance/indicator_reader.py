"""One indicator file to a declaration; conditions on the profile are decided here."""

import dataclasses
import re

from generator.compliance.declarations import Basis, Indicator, Subject, Subjects
from generator.compliance.periods import KINDS
from generator.compliance.status import AtRisk, Status, Target
from generator.declared import Declared
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID, MISSING_KEY
from generator.problems.catalogue.queries import CONDITION
from generator.problems.masking import shown
from generator.problems.problem import Place, Words
from generator.project import Fact
from generator.records.sql import check_expression, check_query

MEASURES = ("measure", "ratio", "count")
TAKES = ("sum", "last")


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """What may differ from school to school."""

    statement: str
    target: Target
    period: str


class IndicatorReader:
    """Reads one indicator file; `profile` decides its conditions, `names` takes those it uses."""

    def __init__(self, top: Declared, profile: dict[str, Fact], names: list[Named]) -> None:
        self.top = top
        self.profile = profile
        self.names = names
        self.relations: list[str] = []

    def read(self, relations: list[str], tables: list[str]) -> Indicator | None:
        """The indicator; None when it has no evidence."""
        top = self.top
        self.relations = relations
        kind = top.one_of("kind", MEASURES)
        said = self._variant(kind)
        owner = top.text("owner", required=True)
        self.names.append(Named("role", owner, top.place("owner")))
        evidence = top.get("evidence", required=True)
        looked = top.get("looked") if kind == "count" else None
        for node in (evidence, looked):
            if node is not None:
                top.problems.extend(check_query(node, relations))
        condition = top.text("applies", "always")
        if evidence is None:
            return None
        indicator = Indicator(
            id=top.text("id", required=True),
            title=top.text("title", required=True),
            statement=said.statement,
            meaning=top.text("meaning"),
            basis=self._basis(),
            unit=top.text("unit"),
            kind=kind,
            target=said.target,
            period=said.period,
            subjects=self._subjects(tables, kind),
            applies=self._holds(condition, top.place("applies")),
            condition=condition,
            owner=owner,
            at_risk=self._at_risk(),
            empty=self._empty(),
            looked=looked,
            looked_within=self._looked_within(said.period) if looked else 0,
            evidence=evidence,
            place=top.node.place,
            take=top.one_of("take", TAKES, "sum") if kind == "measure" else "sum",
            enough=top.integer("enough") if kind == "ratio" else 0,
            veto=top.flag("veto"),
        )
        top.close()
        return indicator

    def _variant(self, kind: str) -> "_Said":
        """What the file says of target and period, or its first variant that holds."""
        top = self.top
        plain = _Said(
            top.text("statement", required=True),
            self._target(top, kind, required=True) or Target(),
            top.one_of("period", KINDS),
        )
        found: list[_Said] = []
        for entry in top.mappings("variants"):
            holds = self._holds(entry.text("when", required=True), entry.place("when"))
            said = _Said(
                entry.text("statement", plain.statement),
                self._target(entry, kind) or plain.target,
                entry.one_of("period", KINDS, plain.period or KINDS[0]),
            )
            entry.close()
            found += [said] if holds else []
        return found[0] if found else plain

    def _looked_within(self, period: str) -> int:
        """Days for which a look is good; unwritten, on a day a month and else its period."""
        return self.top.integer("looked_within_days", 31 if period == "as_of" else 0)

    def _basis(self) -> Basis:
        inner = self.top.inner("source", required=True)
        if inner is None:
            return Basis("house", "", (), verified=False, checked_on="")
        written = [key for key in ("clause", "regulation", "house") if key in inner]
        kind = written[0] if written else "house"
        name = inner.text(kind, required=True)
        looked_up = {"clause": "clause", "regulation": "source"}
        if kind in looked_up and name:
            self.names.append(Named(looked_up[kind], name, inner.place(kind)))
        floors = [*inner.texts("floor"), *self.top.texts("floor")]
        self.names.extend(Named("source", str(node.value), node.place) for node in floors)
        basis = Basis(
            kind,
            name,
            tuple(str(node.value) for node in floors),
            verified=inner.flag("verified") or self.top.flag("verified"),
            checked_on=inner.text("checked_on") or self.top.text("checked_on"),
        )
        inner.close()
        return basis

    def _target(self, owner: Declared, kind: str, *, required: bool = False) -> Target | None:
        """A count only knows a limit; the others know either line."""
        inner = owner.inner("target", required=required)
        if inner is None:
            return None
        lines = ("at_most",) if kind == "count" else ("at_least", "at_most")
        numbers = {line: inner.fraction(line) for line in lines}
        inner.close()
        if sum(number is not None for number in numbers.values()) != 1:
            key = " / ".join(lines)
            owner.problems.append(MISSING_KEY.at(inner.node.place, owner="target", key=key))
        return Target(**numbers)

    def _subjects(self, tables: list[str], kind: str) -> Subjects:
        inner = self.top.inner("subjects")
        if inner is None:
            return Subjects()
        table = inner.text("table")
        if table and table not in tables:
            among = Words("已声明的表", "the declared tables")
            inner.unknown(inner.entries["table"], "table", among, tables)
        entries = [] if table else inner.mappings("values")
        values = tuple(self._subject(entry, kind) for entry in entries)
        where = inner.get("where") if table else None
        if where is not None and table in tables:
            self.top.problems.extend(check_expression(where, table, self.relations))
        inner.close()
        first: dict[str, Place] = {}
        for value, entry in zip(values, entries, strict=True):
            place = entry.node.place
            if first.setdefault(value.id, place) != place:
                repeated = DUPLICATE_ID.at(place, value=shown(value.id), first=str(first[value.id]))
                self.top.problems.append(repeated)
        return Subjects(table, values, where)

    def _subject(self, entry: Declared, kind: str) -> Subject:
        subject = Subject(
            entry.text("id", required=True),
            entry.text("title", required=True),
            self._target(entry, kind),
            self._holds(entry.text("applies", "always"), entry.place("applies")),
        )
        entry.close()
        return subject

    def _at_risk(self) -> AtRisk:
        inner = self.top.inner("at_risk")
        if inner is None:
            return AtRisk()
        default = AtRisk()
        after = inner.fraction("after")
        rule = AtRisk(
            after=default.after if after is None else after,
            lead_days=inner.integer("lead_days", default.lead_days),
            within=inner.fraction("within") or default.within,
            up_to=inner.fraction("up_to"),
            pro_rata=inner.flag("pro_rata"),
        )
        inner.close()
        return rule

    def _empty(self) -> tuple[Status, str]:
        inner = self.top.inner("empty")
        if inner is None:
            return Status.NO_DATA, "本期没有记录"
        choices = [Status.NO_DATA.value, Status.NOT_APPLICABLE.value]
        status = inner.one_of("status", choices, Status.NO_DATA.value)
        reason = inner.text("reason", "本期没有记录")
        inner.close()
        return Status(status), reason

    def _holds(self, condition: str, place: Place) -> bool:
        """Decide `always`, `fact`, `not fact` or `fact = value` on the profile."""
        if condition == "always":
            return True
        match = re.fullmatch(r"(not )?(\w+)(?: = (.+))?", condition.strip())
        name = match.group(2) if match else condition
        if match is None or name not in self.profile:
            self.top.problems.append(CONDITION.at(place, value=shown(condition), name=shown(name)))
            return True
        fact = self.profile[name]
        expected = match.group(3)
        holds = str(fact) == expected.strip() if expected else fact is True
        return not holds if match.group(1) else holds
