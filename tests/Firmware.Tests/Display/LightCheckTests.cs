using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class LightCheckTests
{
    private const int All = Channels.All;

    [TestMethod]
    public void Measure_ThirdDisagreement_IsBelievedAndReportsWhatSignals()
    {
        var (check, lights) = New();
        check.Measure(All);
        lights.Break(2, LightFault.Open);
        check.Measure(All);
        check.Measure(All);
        Assert.AreEqual((All, false, false), (check.Lit, check.IsSuspicious, check.IsSettled));
        check.Measure(All);
        Assert.AreEqual((All & ~4, true, false), (check.Lit, check.IsSuspicious, check.IsSettled));
        Assert.AreEqual(4, check.Identify());
        Assert.IsTrue(check.IsSettled);
    }

    /// <summary>A shorted string conducts and signals for as long as it is driven: known, it is no news.</summary>
    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 3)]
    [DataRow(3, 4)]
    public void Measure_KnownShorts_AgreeUntilTheyAreRepaired(int first, int second)
    {
        var (check, lights) = New();
        lights.Break(first, LightFault.Short);
        lights.Break(second, LightFault.Short);
        Assert.AreEqual((1 << first) | (1 << second), check.Identify());
        check.Measure(All);
        Assert.AreEqual((All, true), (check.Lit, check.IsSettled));
        check.Measure(All & ~(1 << second));
        Assert.IsTrue(check.IsSettled);

        lights.Break(first, LightFault.None);
        lights.Break(second, LightFault.None);
        check.Measure(All);
        Assert.IsFalse(check.IsSettled);
        Assert.AreEqual((1 << first) | (1 << second), check.Identify());
        check.Measure(All);
        Assert.IsTrue(check.IsSettled);
    }

    [TestMethod]
    public void Glance_OpenChannel_IsDark()
    {
        var (check, lights) = New();
        check.Glance(2);
        Assert.AreEqual(2, check.Lit);
        lights.Break(2, LightFault.Open);
        check.Glance(4);
        Assert.AreEqual(0, check.Lit);
    }

    /// <summary>A supply that is gone: no driver signals, and nothing flows.</summary>
    [TestMethod]
    public void Check_NothingFlowsAndNothingSignals_IsDarkAndOpen()
    {
        var check = new LightCheck(new DeadLights());
        check.Glance(2);
        Assert.AreEqual(0, check.Lit);
        Assert.AreEqual(All, check.Identify());
        for (int channel = 0; channel < Channels.Count; channel++) Assert.AreEqual(LightFault.Open, check.FaultOf(channel));
    }

    [TestMethod]
    public void Check_EveryPulse_IsEnded()
    {
        var lights = new DeadLights();
        var check = new LightCheck(lights);
        check.Measure(All);
        Assert.AreEqual((1, false), (lights.Pulses, lights.IsPulsing));
        check.Glance(1);
        Assert.AreEqual((2, false), (lights.Pulses, lights.IsPulsing));
        check.Identify();
        Assert.AreEqual((8, false), (lights.Pulses, lights.IsPulsing));
    }

    private static (LightCheck Check, VirtualLights Lights) New()
    {
        var lights = new VirtualLights();
        return (new LightCheck(lights), lights);
    }

    private sealed class DeadLights : ILights
    {
        public int Pulses { get; private set; }

        public bool IsPulsing { get; private set; }

        public void Show(int channels, int permille)
        {
        }

        public void Pulse(int channels)
        {
            Assert.IsFalse(IsPulsing, "the pulse before has not ended");
            IsPulsing = true;
            Pulses++;
        }

        public void EndPulse() => IsPulsing = false;

        public int FaultLines() => 0;

        public int ReturnMillivolts() => 0;

        public void Status(bool lit)
        {
        }
    }
}
