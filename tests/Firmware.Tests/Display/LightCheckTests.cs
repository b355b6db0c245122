using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class LightCheckTests
{
    private const int All = Channels.All;

    [TestMethod]
    public void Judge_ThirdDisagreement_IsBelievedAndReportsWhatSignals()
    {
        LightCheck check = New();
        check.Judge(All, 1000, 5 * 110000, 0);
        Assert.AreEqual((All, true), (check.Lit, check.IsSettled));
        check.Judge(All, 1000, 4 * 110000, 4);
        check.Judge(All, 1000, 4 * 110000, 4);
        Assert.AreEqual((All, false, false), (check.Lit, check.IsSuspicious, check.IsSettled));
        check.Judge(All, 1000, 4 * 110000, 4);
        Assert.AreEqual((All & ~4, true, false), (check.Lit, check.IsSuspicious, check.IsSettled));
        check.Judge(All, 1000, 5 * 110000, 0);
        Assert.AreEqual((All, true), (check.Lit, check.IsSettled));
    }

    /// <summary>Half of a channel at the duty of the light, at every duty that there is: 55 mV by day, 1.1 mV at night.</summary>
    [TestMethod]
    public void Judge_AtEveryDuty_TellsHalfOfAChannel()
    {
        for (int permille = 20; permille <= 1000; permille++)
        {
            for (int lit = 1; lit <= All; lit = (lit * 2) + 1)
            {
                int whole = 110 * permille * Channels.CountIn(lit);
                int half = 110 * permille / 2;
                AssertAgrees(true, lit, permille, whole + half - 2);
                AssertAgrees(true, lit, permille, whole - half + 2);
                AssertAgrees(false, lit, permille, whole + half + 2);
                AssertAgrees(false, lit, permille, whole - half - 2);
            }
        }
    }

    [TestMethod]
    [DataRow(54999, true)]
    [DataRow(55001, false)]
    public void Judge_InTheDark_AllowsHalfOfAFullChannel(int microvolts, bool agrees) => AssertAgrees(agrees, 0, 0, microvolts);

    /// <summary>A line that is pulled is right at any duty: its driver held it since a pulse was long enough.</summary>
    [TestMethod]
    public void Judge_LineOfALitChannel_DisagreesHoweverMuchFlows()
    {
        LightCheck check = New();
        check.Judge(All, 20, 5 * 2200, 2);
        Assert.IsFalse(check.IsSettled);
        check.Judge(1, 20, 2200, 2);
        Assert.IsTrue(check.IsSettled, "the line of a channel that is not lit says nothing");
    }

    [TestMethod]
    public void Judge_KnownFault_IsNoNews()
    {
        LightCheck check = New();
        check.Set(2, LightFault.Open);
        check.Judge(All, 500, 4 * 55000, 4);
        Assert.AreEqual((All & ~4, true), (check.Lit, check.IsSettled));
    }

    [TestMethod]
    public void Judge_StuckChannelThatShoneInTheDark_HasRecoveredWhenItIsDark()
    {
        LightCheck check = New();
        check.Set(3, LightFault.StuckOn);
        Assert.AreEqual(0, check.Judge(0, 0, 110000, 0));
        Assert.AreEqual(8, check.Lit);
        Assert.AreEqual(8, check.Judge(0, 0, 0, 0));
        Assert.AreEqual((0, 0), (check.Lit, check.Faulty));
    }

    /// <summary>Its input is stuck, and without enabled drivers it is dark: that is no recovery.</summary>
    [TestMethod]
    public void Judge_StuckChannelThatIsDarkWithoutItsSupply_StaysStuck()
    {
        LightCheck check = New();
        check.Set(3, LightFault.StuckOn);
        Assert.AreEqual(0, check.Judge(0, 0, 0, 0));
        Assert.AreEqual((0, 8), (check.Lit, check.Faulty));
        Assert.IsFalse(check.CanShow(3));
    }

    [TestMethod]
    [DataRow(55000, false, LightFault.None)]
    [DataRow(55000, true, LightFault.Short)]
    [DataRow(54999, false, LightFault.Open)]
    [DataRow(0, true, LightFault.Open)]
    [DataRow(699, true, LightFault.Open)]
    [DataRow(700, true, LightFault.Short)]
    public void Fault_OfAChannelAlone_IsWhatFlowsAndWhatItsDriverSays(int microvolts, bool signals, int fault) =>
        Assert.AreEqual(fault, New().FaultFrom(1, 1000, microvolts, signals));

    [TestMethod]
    public void JudgeBlind_LinePulledThrice_IsAnOpenChannel()
    {
        LightCheck check = New();
        Assert.AreEqual(0, check.JudgeBlind(All, 8));
        Assert.AreEqual(0, check.JudgeBlind(All, 8));
        Assert.AreEqual(8, check.JudgeBlind(All, 8));
        Assert.AreEqual((LightFault.Open, All & ~8, true), (check.FaultOf(3), check.Lit, check.IsSettled));
    }

    /// <summary>Without the bench a reading may be off by 8 % and 18 µs a channel: what cannot be told is not called broken.</summary>
    [TestMethod]
    public void Judge_WithoutCalibration_AllowsWhatUnmeasuredPartsMay()
    {
        var check = new LightCheck(new Calibration());
        check.Judge(All, 20, 5 * 2200 * 100 / 130, 0);
        Assert.IsTrue(check.IsSettled);
        check.Judge(All, 1000, 4 * 110000, 0);
        Assert.IsFalse(check.IsSettled, "by day it tells them apart");
        check.Judge(1, 20, 0, 0);
        Assert.IsFalse(check.IsSettled, "and one channel also at night");
    }

    private static LightCheck New() => new(new Calibration { Board = 1 });

    private static void AssertAgrees(bool agrees, int lit, int permille, int microvolts)
    {
        LightCheck check = New();
        check.Judge(lit, permille, microvolts, 0);
        Assert.AreEqual(agrees, check.IsSettled, $"{lit} at {permille} ‰: {microvolts} µV");
    }
}
