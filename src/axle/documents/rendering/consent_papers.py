"""Data of the letter by which an applicant lets us ask others about them."""

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from axle.documents.rendering.schemas import CompanyParty, Line, PaperDate, TemplateData

PURPOSES = {
    "credit_report": "向中国人民银行征信中心及其他依法设立的征信机构查询、获取、使用本人的信用报告和信用信息，"
    "用于审核本人的贷款申请",
    "lending_data": "向依法设立的征信机构及其合作机构查询本人的借贷申请、负债和逾期等信息，"
    "以及是否在同业共享名单上（只送证件号和手机号的摘要），用于审核本人的贷款申请",
    "device_data": "在本人阅读和签署本授权书的页面采集本人手机的设备标识、设备环境、网络地址，以及本人另行允许时的"
    "大致位置（精确到约一公里），并提供给设备风险识别机构核验，用于识别冒用和欺诈；不采集本人输入的内容",
    "driving_data": "向车辆定位终端及营运平台查询本人拟购或抵押的营运车辆近九十天的行驶里程、出车天数、夜间停放、"
    "订单和营运流水，以及本人在营运平台近六个月的服务分和流水，用于核实营运收入和车辆安全；还清贷款后不再查询",
    "social_insurance": "向社会保险经办机构及其授权的服务机构查询本人的社会保险参保和缴费情况（缴费月数、最近缴费月份、"
    "缴费基数、缴费单位），用于核实本人填写的工作单位和收入",
    "income_tax": "向税务机关及其授权的服务机构查询本人近十二个月的个人所得税申报收入和扣缴单位，"
    "用于核实本人填写的工作单位和收入",
    "phone_bills": "向电信运营企业查询本人手机号码近六个月的月账单金额和欠费情况，用于识别冒用和欺诈；"
    "不查询通话和短信内容",
}
"""What each purpose means, as the letter says it."""


class ConsentGiver(TemplateData):
    """Who consents. The phone is masked, as the letter is read before its code proves the phone."""

    name: Line
    id_no: Line
    phone_masked: Line


class ConsentLetter(TemplateData):
    """个人信息查询授权书. ``clauses`` are the institution's own, after ours.

    Source: REG-CREDIT-18 (written consent with its purpose), REG-PIPL-15 (withdrawal).
    """

    letter_no: Line
    made_on: PaperDate
    holds_until: PaperDate
    institution: CompanyParty
    giver: ConsentGiver
    application_no: Line
    purposes: list[
        Annotated[
            Literal[
                "credit_report",
                "lending_data",
                "device_data",
                "driving_data",
                "social_insurance",
                "income_tax",
                "phone_bills",
            ],
            PlainSerializer(PURPOSES.__getitem__, return_type=str, when_used="json"),
        ]
    ] = Field(min_length=1)
    clauses: list[Line]
