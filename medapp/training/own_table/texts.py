"""The words of a draft's card, made by script: they say first what nobody has checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from medapp.training.own_table.findings import LEFT_OUT, POINTED_OUT, Finding
from medapp.training.own_table.inspect import Inspected

Both = dict[str, str]
REFERENCES: Final = (
    "Varma S, Simon R. Bias in error estimation when using cross-validation for model selection. BMC "
    "Bioinformatics 2006;7:91.",
    "Collins GS, Moons KGM, Dhiman P, et al. TRIPOD+AI statement. BMJ 2024;385:e078378.",
)
_NONE: Final = {
    "en": "Not available: nobody outside this clinic has tested it.",
    "zh_CN": "暂缺：尚无本机构以外的人员检验。",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the prose is made of; every text that a table brought is escaped for `format`."""

    file: str
    target: str
    lead: str
    rows: int
    inputs: Sequence[str]
    warnings: Sequence[Finding]


def facts_of(table: Inspected) -> Facts:
    """The facts of an inspected table."""
    classes = table.outcome.classes
    return Facts(
        escaped(table.raw.form.path.name),
        escaped(table.outcome.column.name),
        escaped(classes[0].written) if classes else "",
        len(table.rows),
        [c.name for c in table.inputs],
        [f for f in table.findings if f.severity == "warning" and f.action in (POINTED_OUT, LEFT_OUT)],
    )


def escaped(text: str) -> str:
    """A text of the table, so that its braces are no fields."""
    return text.replace("{", "{{").replace("}", "}}")


def pair(english: str, chinese: str) -> Both:
    return {"en": english, "zh_CN": chinese}


def texts_of(table: Inspected, algorithm: str) -> dict[str, Any]:
    """`texts.toml` of a draft; the figures in it are names in braces that the engine fills."""
    classes = {c.id: c.written for c in table.outcome.classes}
    facts = facts_of(table)
    what = f"{facts.target} = {facts.lead}" if facts.lead else facts.target
    texts: dict[str, Any] = {
        "title": pair(f"{what} (own table)", f"{what}（自有表格）"),
        "summary": pair(
            f"Estimates {what} from the clinic's own table {facts.file}. Made by a program from "
            f"{facts.rows} rows, "
            "not reviewed by anybody.",
            f"依据本机构自有表格 {facts.file} 估计 {what}。由程序根据 {facts.rows} 行数据生成，"
            f"未经任何人审核。",
        ),
        "intended_use": pair(
            "Research within the clinic that owns the table. Not for decisions about a patient until "
            "reviewed and approved.",
            "仅供拥有该表格的机构内部研究。审核批准之前不得用于患者决策。",
        ),
        "population": pair(
            f"The {facts.rows} people of the clinic's own table {facts.file}; who was put into it is not "
            f"known to the program.",
            f"本机构自有表格 {facts.file} 中的 {facts.rows} 人；程序不了解入选条件。",
        ),
        "users": pair("Those in the clinic who made the table.", "本机构中编制该表格的人员。"),
        "out_of_scope": [pair("Everybody unlike the people in the table", "与表中人群不同的任何人")],
        "cautions": _cautions(facts),
        "next_steps": [
            pair("an independent clinical judgement", "独立的临床判断"),
            pair("a test on patients seen later", "用以后就诊的患者检验本模型"),
        ],
        "references": list(REFERENCES),
        "output": _output(what, classes, facts),
        "attributes": _attributes(facts, what, algorithm, _figures(len(classes))),
    }
    if facts.lead:
        texts["operating_points"] = {
            "sensitive": {
                "title": pair("Look closer at {sensitive_value}%", "{sensitive_value}% 起进一步检查"),
                "purpose": pair("look closer", "进一步检查"),
            }
        }
    return texts


def _cautions(facts: Facts) -> list[Both]:
    first = pair(
        "Made by a program from the clinic's own table; not reviewed. Associations in a table are no causes.",
        "由程序根据本机构自有表格生成，未经审核。表格中的关联不等于因果。",
    )
    told = [Finding.as_document(finding)["text"] for finding in facts.warnings]
    return [first, *({key: escaped(text) for key, text in one.items()} for one in told)]


def _output(what: str, classes: Mapping[str, str], facts: Facts) -> dict[str, Any]:
    return {
        "name": pair(what, what),
        "have": pair(f"have {what}", f"为 {what}"),
        "classes": {
            name: {"title": pair(f"{facts.target}: {escaped(label)}", f"{facts.target}：{escaped(label)}")}
            for name, label in classes.items()
        },
    }


def _figures(classes: int) -> str:
    if not classes:
        return "MAE {mae}, RMSE {rmse}, R2 {r2}"
    if classes > 2:
        return "accuracy {accuracy}, macro F1 {macro_f1}, log loss {log_loss}"
    return "AUROC {auroc}, Brier {brier}, calibration slope {calibration_slope}"


def _attributes(facts: Facts, what: str, algorithm: str, figures: str) -> dict[str, Both]:
    inputs = escaped(", ".join(facts.inputs))
    found = _who(what) | {
        "development.training_criteria": pair(
            f"All rows of {facts.file} with an answer in {facts.target}, repeated rows once: {facts.rows}.",
            f"{facts.file} 中 {facts.target} 有取值的全部行，重复行只计一次：共 {facts.rows} 行。",
        ),
        "development.sensitive_inputs": pair(f"The inputs are: {inputs}.", f"输入为：{inputs}。"),
        "development.training_demographics": pair(
            "Not known to the program: whoever stands in the table.", "程序不了解：即表中所列人员。"
        ),
        "development.training_relevance": pair(
            "The clinic's own patients, as far as the table was made of them.",
            "本机构的患者（以表格实际收录者为限）。",
        ),
        "performance.validity_internal": pair(
            f"{algorithm}, chosen among several on the same held-out rows, which flatters it a little. "
            f"Held-out figures with "
            f"95 % intervals: {figures}.",
            f"在同一批留出行上从多种算法中选出，因此略偏乐观。留出行的指标及 95% 区间：{figures}。",
        ),
    }
    return found | _not_known() | _upkeep()


def _who(what: str) -> dict[str, Both]:
    return {
        "details.developer": pair(
            "The clinic itself, by `medapp model train --csv`.", "本机构，使用 `medapp model train --csv`。"
        ),
        "details.funding": pair("None known to the program.", "程序未知有任何资助。"),
        "details.output_value": pair(
            f"An estimate of {what} with an 80 % interval.", f"{what} 的估计值及 80% 区间。"
        ),
        "details.output_type": pair("Prediction.", "预测。"),
        "purpose.intended_use": pair("Research within the clinic.", "机构内部研究。"),
        "purpose.intended_patients": pair("People like those in the table.", "与表中人群相似者。"),
        "purpose.intended_users": pair("Those who made the table.", "编制该表格的人员。"),
        "purpose.decision_role": pair("Informs research; decides nothing.", "仅供研究参考，不作任何决定。"),
        "cautions.cautioned_uses": pair(
            "Any decision about a patient before it was reviewed and approved.",
            "审核批准之前的任何患者决策。",
        ),
        "cautions.known_risks": pair(
            "See the cautions: what the checks of the table found. What the table does not tell nobody "
            "could check.",
            "见注意事项：即对表格的检查结果。表格未载明的内容无从检查。",
        ),
    }


def _not_known() -> dict[str, Both]:
    names = (
        "external_validation.external_source",
        "external_validation.external_tester",
        "external_validation.external_demographics",
        "external_validation.external_process",
        "performance.validity_external",
        "performance.fairness_external",
        "performance.outcome_references",
    )
    return {name: dict(_NONE) for name in names}


def _upkeep() -> dict[str, Both]:
    return {
        "performance.fairness_internal": pair(
            "By sex, where the table tells it: see README.md.", "表格载有性别时按性别给出：见 README.md。"
        ),
        "fairness.fair_output": pair("Nothing was done to make it fair.", "未作任何公平性处理。"),
        "fairness.bias_management": pair(
            "The table was searched for leaks, repeated rows and groups gathered apart; nothing else was "
            "done.",
            "已检查表格中的信息泄漏、重复行以及分开收集的人群；此外未作处理。",
        ),
        "maintenance.validity_monitoring": pair(
            "Not watched: train it again on a newer table.", "无监测：请用更新的表格重新训练。"
        ),
        "maintenance.fairness_monitoring": pair("Not watched.", "无监测。"),
        "updates.update_process": pair("By training again.", "通过重新训练更新。"),
        "updates.correction_process": pair(
            "By training again after the table was corrected.", "更正表格后重新训练。"
        ),
    }
