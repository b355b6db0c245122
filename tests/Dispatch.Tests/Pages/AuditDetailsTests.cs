using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Components.Bureau;
using TaxiCredit.Dispatch.Components.Parts;

namespace Dispatch.Tests.Pages;

/// <summary>Details of the audit log are told in the reader's language; codes, numbers and names stay what they are.</summary>
[TestClass]
public sealed class AuditDetailsTests
{
    private readonly AuditDetails _details = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Words>().AddSingleton<AuditDetails>()
        .BuildServiceProvider().GetRequiredService<AuditDetails>();

    [TestMethod]
    [DataRow("record-case", "Complaint S01 d-0001", "投诉 S01 d-0001")]
    [DataRow("record-case", "Merit M01 d-0001 of p-000007", "加分行为 M01 d-0001，由反映 p-000007 立案")]
    [DataRow("decide-case", "Upheld S01", "成立 S01")]
    [DataRow("decide-case", "Dismissed ", "不成立")]
    [DataRow("reverse-entry", "entry 12 by 14", "第 12 号记录由第 14 号记录冲销")]
    [DataRow("declare-complex", "until 2018-02-01", "裁定期限延至 2018年2月1日")]
    [DataRow("submit-report", "Complaint cab-0001 Quarantined", "投诉 cab-0001 暂缓处理")]
    [DataRow("assign-report", "Assigned c-000012", "已立案 c-000012")]
    [DataRow("reject-report", "Rejected", "不予立案")]
    [DataRow("open-check", "seen 3, confirmed dark", "乘客看到：3 星；终端确认：不亮灯")]
    [DataRow("close-check", "check 4", "核查 4")]
    [DataRow("add-cab", "鲁K·T0001 in t-01", "鲁K·T0001，班组 t-01")]
    [DataRow("add-driver", "home cab cab-0001", "所属车辆 cab-0001")]
    [DataRow("move-shift", "cab-0001 to cab-0002", "由 cab-0001 换到 cab-0002")]
    [DataRow("preview-month", "revision 2 through 120 digest 0a1b", "第 2 次修订，账本截至第 120 号记录，摘要 0a1b")]
    [DataRow("sign-month", "revision 2 digest 0a1b", "第 2 次修订，摘要 0a1b")]
    [DataRow("withdraw-signature", "revision 2 digest 0a1b", "第 2 次修订，摘要 0a1b")]
    [DataRow("publish-month", "revision 1 digest 0a1b", "第 1 次修订，摘要 0a1b")]
    [DataRow("revise-month", "复核; recomputed 2017-11, 2017-12", "复核；重新计算：2017-11、2017-12")]
    [DataRow("rotate-display-keys", "epoch 3", "第 3 期密钥")]
    [DataRow("rekey-display", "epoch 3", "第 3 期密钥")]
    [DataRow("change-plate", "鲁K·T0001 to 鲁K T0009 on 2017-08-15: worn", "由 鲁K·T0001 变更为 鲁K T0009，2017年8月15日 起：worn")]
    [DataRow("move-driver", "t-01 cab-0001 to t-02 cab-0011 on 2017-08-20: 调岗", "由 t-01 cab-0001 调至 t-02 cab-0011，2017年8月20日 起：调岗")]
    [DataRow("end-membership", "t-01 on 2017-08-20: 退休", "离开 t-01，2017年8月20日 起：退休")]
    [DataRow("renew-membership", "t-02 cab-0011 on 2017-08-20: 返岗", "归 t-02 cab-0011，2017年8月20日 起：返岗")]
    [DataRow("undo-membership", "leaving on 2017-08-20: 误登", "离开，2017年8月20日：误登")]
    [DataRow("begin-membership", "home cab cab-0011", "所属车辆 cab-0011")]
    [DataRow("move-display", "cab-0001 to cab-0002", "由 cab-0001 换到 cab-0002")]
    [DataRow("take-out-display", "cab-0001 revoked: 被盗", "cab-0001，停用：被盗")]
    [DataRow("replace-display", "cab-0001 instead of disp-0001, stock: dark star", "cab-0001，替换 disp-0001（入库）：dark star")]
    [DataRow("command-display", "selftest", "自检")]
    [DataRow("sign-in", "second factor", "双因素认证")]
    [DataRow("invite", "Officer", "经办人")]
    [DataRow("accept-invitation", "by first start", "邀请人：首次启动")]
    [DataRow("erase-contacts", "contacts 3, photos 1", "联系方式 3 条，照片 1 张")]
    [DataRow("import-city", "205 drivers (sha256 0a), 900 cases (sha256 1b)", "驾驶员 205 名（SHA-256 0a），案件 900 件（SHA-256 1b）")]
    [DataRow("read-file", "/bureau/cases/{number} #0123456789abcdef-7", "/bureau/cases/{number}")]
    [DataRow("change-password", "passkeys 2", "移除通行密钥 2 个")]
    [DataRow("sign-on", "cab-0001", "cab-0001")]
    [DataRow("reverse-entry", "written by a newer version", "written by a newer version")]
    public void Detail_InChinese_IsToldInChinese(string operation, string detail, string told)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-Hans");
        try
        {
            Assert.AreEqual(told, _details.Of(operation, detail));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }
}
