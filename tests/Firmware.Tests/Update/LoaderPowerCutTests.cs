using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>The supply goes at every byte that loader and program write: what is loaded next was always verified, and a try at most is lost.</summary>
[TestClass]
public sealed class LoaderPowerCutTests
{
    [TestMethod]
    public void Start_CutAtEveryByte_LoadsTheCandidateNext() => CutEverywhere(
        unit => unit.Confirmed(1).Start().Install(2),
        unit => unit.Start(),
        unit => Assert.IsTrue((unit.Start().RunningVersion, unit.Slots.Tries) is (2, Slots.MaxTries - 1) or (2, Slots.MaxTries - 2)));

    [TestMethod]
    public void Room_CutAtEveryByte_KeepsTheConfirmed() => CutEverywhere(
        unit => unit.Confirmed(1).Confirmed(2).Start(),
        unit => unit.Slots.MakeRoom(),
        unit => Assert.AreEqual(2, unit.Start().RunningVersion));

    /// <summary>The file has been changed by then; it is not the one before any more, and not offered yet.</summary>
    [TestMethod]
    public void Install_CutAtEveryByte_LoadsTheOldOrTheNew() => CutEverywhere(
        unit => unit.Confirmed(1).Confirmed(2).Start(),
        unit => unit.Install(3),
        unit => Assert.IsTrue(unit.Start().RunningVersion is 2 or 3));

    [TestMethod]
    public void Minute_CutAtEveryByte_KeepsTheMinutesBefore() => CutEverywhere(
        unit => unit.Confirmed(1).Start().Install(2).Start().Run(300),
        unit => unit.Run(60),
        unit => Assert.IsTrue(unit.Start().Slots.Seconds is 300 or 360));

    [TestMethod]
    public void End_CutAtEveryByte_LosesATryAtMost() => CutEverywhere(
        unit => unit.Confirmed(1).Start().Install(2).Start().Run(30),
        unit => unit.Trial.End(),
        unit => Assert.IsTrue((unit.Start().RunningVersion, unit.Slots.Tries) is (2, Slots.MaxTries - 1) or (2, Slots.MaxTries - 2)));

    [TestMethod]
    public void Confirmation_CutAtEveryByte_IsTheOldOrTheNew() => CutEverywhere(
        unit => unit.Confirmed(1, 3).Start().Install(2, 4).Start().Prove().Run(599),
        unit => unit.Run(1),
        unit =>
        {
            Assert.AreEqual(2, unit.Start().RunningVersion);
            Assert.IsTrue((unit.Version(SlotKind.Confirmed), unit.Version(SlotKind.Previous), unit.Slots.Floor) is (1, 0, 3) or (2, 1, 4));
        });

    [TestMethod]
    public void GivingUp_CutAtEveryByte_GoesBackAllTheSame() => CutEverywhere(
        unit => unit.Confirmed(1).Start().Install(2).Start().Start().Start(),
        unit => unit.Start(),
        unit => Assert.AreEqual((1, WentBack.Tries), (unit.Start().RunningVersion, unit.Slots.WentBack)));

    /// <summary>
    /// A thousand units under random trips, hangs, cuts and packages: each ends with a program that was verified on it, confirmed or from the factory, and no
    /// sound program is given up that never hung and was never cut in the middle of a start.
    /// </summary>
    [TestMethod]
    public void Fleet_UnderCutsAndBadPrograms_EndsOnAVerifiedProgram()
    {
        int updated = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            LoaderWorld unit = new LoaderWorld().Confirmed(1, 1).Start().Install(2, 2);
            bool isGood = seed % 4 != 0;
            for (int trip = 0; trip < 60; trip++) Drive(unit, random, isGood);
            unit.Memory.BytesLeft = long.MaxValue;
            unit.Start();
            Assert.AreEqual(isGood && unit.Version(SlotKind.Confirmed) == 2 ? 2 : 1, unit.RunningVersion, $"seed {seed}");
            if (!isGood) Assert.AreEqual(0, unit.Version(SlotKind.Candidate), $"seed {seed}");
            if (unit.RunningVersion == 2) updated++;
        }

        // Three cuts in the seconds of a start give up a sound one: of 750, all but a few come through.
        Assert.IsGreaterThan(735, updated);
    }

    private static void Drive(LoaderWorld unit, Random random, bool isGood)
    {
        unit.Memory.BytesLeft = random.Next(20) == 0 ? random.Next(400) : long.MaxValue;
        try
        {
            unit.Start();
            if (unit.RunningVersion == 2 && !isGood) return;
            if (random.Next(2) == 0) unit.Prove();
            unit.Run(random.Next(120, 480)).Trial.End();
        }
        catch (SupplyGoneException)
        {
        }
    }

    private static void CutEverywhere(Action<LoaderWorld> before, Action<LoaderWorld> happening, Action<LoaderWorld> look)
    {
        var counted = new LoaderWorld();
        before(counted);
        long written = counted.Memory.Written;
        happening(counted);
        long bytes = counted.Memory.Written - written;
        Assert.IsGreaterThan(0, bytes);
        for (long cut = 0; cut < bytes; cut++)
        {
            foreach (byte? torn in new byte?[] { null, 0xFF })
            {
                var unit = new LoaderWorld();
                before(unit);
                unit.Memory.BytesLeft = cut;
                unit.Memory.TornByte = torn;
                Assert.Throws<SupplyGoneException>(() => happening(unit), $"cut {cut} of {bytes}");
                unit.Memory.BytesLeft = long.MaxValue;
                look(unit);
            }
        }
    }
}
