using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Components.Wall;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Demo.City;

/// <summary>What the synthetic cases say, in the language of the city. Places do not exist.</summary>
internal static class SyntheticTexts
{
    public static string[] Places { get; } =
    [
        "海韵路与灯塔街路口", "渔港大街", "礁石路", "海草街", "松林路", "望海路北段", "金滩大道", "长堤路", "锚地街", "潮汐路与晨曦街路口",
        "海滨广场候客区", "火车站候客区", "汽车站候客区", "中心医院候客区", "渔市候客区", "大学城南门候客区",
    ];

    /// <summary>How likely a conduct is at each hour of the day, 0 to 23.</summary>
    public static double[] Hours { get; } = [2, 1, 1, 1, 1, 2, 4, 8, 9, 7, 6, 6, 6, 5, 6, 6, 7, 9, 9, 7, 6, 6, 5, 4];

    public static string[] Dismissals { get; } =
    [
        "证据不足，不予认定。", "行车轨迹与合理路线一致，举报不成立。", "双方陈述不一致，又无其他证据，不予认定。", "核查记录，当时该车不在所述地点。", "材料不全，逾期未补，不予认定。",
    ];

    public static string[] Corroborations { get; } = ["另一名司机书面证实。", "候客区监控录像证实。", "例会签到表证实。", "站点管理员证实。"];

    public static IReadOnlyDictionary<string, string[]> Accounts { get; } = new Dictionary<string, string[]>
    {
        ["S01"] = ["乘客称司机未经同意绕行，车费比平时多出近一半。", "乘客称司机未走最近路线，也未事先说明。"],
        ["S02"] = ["乘客称空车亮灯，询问去向后离开。", "乘客称因路程太近被拒载。"],
        ["S03"] = ["乘客称未按计价器收费，多收十元。", "乘客称下车时被要求另付行李费。"],
        ["S04"] = ["检查发现计价器铅封不完整。"],
        ["S05"] = ["乘客称司机未经同意搭载他人。", "乘客称途中被要求与他人拼车。"],
        ["S06"] = ["乘客称未到目的地即被要求下车。"],
        ["S07"] = ["乘客称因付款方式被司机辱骂。", "乘客称询问路线时司机出言不逊。"],
        ["S08"] = ["乘客称争执中被司机推打，已报警。"],
        ["S09"] = ["乘客拍到司机在车内吸烟。", "乘客称车内烟味浓，司机手持香烟。"],
        ["S10"] = ["座套脏污，车内有异味。", "乘客索要发票，司机未给。"],
        ["S11"] = ["检查时未携带从业资格证。", "检查时未出示营运证件。"],
        ["S12"] = ["候客区插队揽客。", "在候客区外喊客揽客。"],
        ["S13"] = ["投诉转办后逾期未答复。"],
        ["T01"] = ["交警通报：闯红灯。"],
        ["T02"] = ["交警通报：斑马线前未礼让行人。"],
        ["T03"] = ["交警通报：超速不足百分之五十。"],
        ["T04"] = ["交警通报：超速百分之五十以上。"],
        ["T05"] = ["交警通报：驾驶时手持电话。", "录像显示驾驶时使用手机。"],
        ["T06"] = ["交警认定：轻微追尾，负全部责任。"],
        ["T07"] = ["交警通报：饮酒后驾驶。"],
        ["T08"] = ["交警通报：醉酒驾驶。"],
        ["T09"] = ["交警认定：死亡事故，负主要责任。"],
        ["P01"] = ["候客时与同行争抢乘客，发生口角。", "候客区挪车时互不相让，堵塞通道。"],
        ["P02"] = ["显示屏故障超过三天未报修。"],
        ["P03"] = ["检查发现星级显示被私自改动。"],
        ["P04"] = ["经查，所举报事项系编造。"],
        ["P05"] = ["无故缺席班组例会。"],
        ["P06"] = ["检查发现资格证借与他人使用。"],
        ["M01"] = ["主动归还乘客失物。"],
        ["M02"] = ["主动归还乘客贵重失物。"],
        ["M03"] = ["提交社区公益证书。"],
        ["M04"] = ["免费接送行动不便的老人就医。", "参加爱心送考。", "免费接送志愿者往返活动地点。"],
        ["M05"] = ["协助救起落水者，有关部门来函表扬。"],
        ["M06"] = ["提供行车录像，协助警方查找走失老人。"],
        ["M07"] = ["乘客来电表扬服务热情。", "乘客表扬帮助搬运行李。", "乘客表扬雨天耐心等候。"],
    };

    public const string Complexity = "需调取沿途监控并向多方核实，案情复杂。";

    public static string Returned(Property property) => $"主动归还乘客失物：{property.Zh}。";

    public static string Upheld(CaseKind kind) => kind switch
    {
        CaseKind.Complaint => "核对轨迹、票据和陈述，事实成立。",
        CaseKind.Infringement => "执法记录完整，事实成立。",
        CaseKind.PeerReport => "除举报外另有证据，事实成立。",
        _ => "证明材料齐全，予以加分。",
    };
}
