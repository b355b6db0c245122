using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

[TestClass]
public sealed class LoaderTests
{
    [TestMethod]
    public void Start_OfABlankMemory_LoadsTheFactorys() => Assert.AreEqual(Slots.Factory, new LoaderWorld().Start().Running);

    /// <summary>A memory that a program of before has to move yet: where the record will be, its journal is.</summary>
    [TestMethod]
    [DataRow("1-full")]
    [DataRow("2-full")]
    public void Start_WithAMemoryOfALayoutBefore_LoadsTheFactorysAndWritesNothing(string name)
    {
        var memory = new RamMemory(File.ReadAllBytes(Path.Combine(Readme.Root, $"tests/Firmware.Tests/Memory/layout-{name}.bin")));
        var slots = new Slots(memory, MemoryMap.Programs, new byte[256]);
        Assert.AreEqual(Slots.Factory, new Loader(slots).Choose(isCertainlyClean: false));
        Assert.AreEqual((true, false, 0L), (slots.IsRead, slots.IsKnown, memory.Written));
    }

    [TestMethod]
    public void Candidate_ThatProvesItself_IsConfirmedAndTheOneBeforeIsKept()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2).Start();
        Assert.AreEqual((2, 2, 1), (unit.RunningVersion, unit.Version(SlotKind.Candidate), unit.Version(SlotKind.Confirmed)));
        unit.Prove().Run(599);
        Assert.AreEqual((2, 1), (unit.Version(SlotKind.Candidate), unit.Version(SlotKind.Confirmed)));
        unit.Run(1);
        Assert.AreEqual((0, 2, 1), (unit.Version(SlotKind.Candidate), unit.Version(SlotKind.Confirmed), unit.Version(SlotKind.Previous)));
        Assert.AreEqual(2, unit.Start().RunningVersion);
    }

    [TestMethod]
    [DataRow(Trial.Broker | Trial.Message)]
    [DataRow(Trial.Light | Trial.Message)]
    [DataRow(Trial.Light | Trial.Broker)]
    [DataRow(0)]
    public void Candidate_ThatLacksAProof_IsNotConfirmedHoweverLongItRuns(int proofs)
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2).Start();
        unit.Trial.Prove(proofs);
        unit.Run(3600);
        Assert.AreEqual(2, unit.Version(SlotKind.Candidate));
    }

    /// <summary>The case: ignition off after two to eight minutes, fifty times, in a cab that reaches no broker meanwhile.</summary>
    [TestMethod]
    public void Candidate_IgnitionOffFiftyTimes_IsNeverGivenUp()
    {
        var random = new Random(8554);
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        int seconds = 0;
        for (int trip = 0; trip < 50; trip++)
        {
            Assert.AreEqual(2, unit.Start().RunningVersion, $"trip {trip}");
            int length = random.Next(120, 481);
            seconds += length;
            unit.Run(length).Trial.End();
        }

        Assert.AreEqual((2, WentBack.None, (uint)seconds), (unit.Start().RunningVersion, unit.Slots.WentBack, unit.Slots.Seconds));
        unit.Prove().Run(1);
        Assert.AreEqual(2, unit.Version(SlotKind.Confirmed));
    }

    /// <summary>Trips of two minutes, each with its proofs: five of them are the ten minutes.</summary>
    [TestMethod]
    public void Minutes_OfShortTrips_AddUp()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int trip = 1; trip <= 5; trip++)
        {
            unit.Start().Prove().Run(120);
            Assert.AreEqual(trip == 5 ? 2 : 1, unit.Version(SlotKind.Confirmed), $"trip {trip}");
            unit.Trial.End();
        }
    }

    /// <summary>A proof of one trip and the others of another do.</summary>
    [TestMethod]
    public void Proofs_OfShortTrips_AddUp()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        foreach (int proof in new[] { Trial.Light, Trial.Broker, Trial.Message })
        {
            unit.Start();
            unit.Trial.Prove(proof);
            unit.Run(200).Trial.End();
        }

        Assert.AreEqual(2, unit.Version(SlotKind.Confirmed));
    }

    /// <summary>Hangs until the watchdog, throws in Main, eats the heap: nothing is said at the end.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(300)]
    public void Candidate_ThatDies_IsGivenUpAfterThreeStarts(int seconds)
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int start = 1; start <= 3; start++) Assert.AreEqual(2, unit.Start().Run(seconds).RunningVersion, $"start {start}");
        Assert.AreEqual((1, WentBack.Tries), (unit.Start().RunningVersion, unit.Slots.WentBack));
        Assert.AreEqual(0, unit.Version(SlotKind.Candidate));
        Assert.AreEqual(1, unit.Start().RunningVersion);
    }

    /// <summary>Good starts in between give back their own try, and none of a bad one.</summary>
    [TestMethod]
    public void Tries_SpentByBadEnds_AreNotGivenBackByGoodOnes()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int start = 0; start < 20; start++)
        {
            unit.Start().Run(60);
            if (unit.RunningVersion == 1)
            {
                Assert.AreEqual(5, start, "bad at 0, 2 and 4");
                return;
            }

            if (start % 2 == 1) unit.Trial.End();
        }

        Assert.Fail("never given up");
    }

    [TestMethod]
    public void Start_ThatThePlatformKnowsToBeClean_SpendsNoTry()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int start = 0; start < 10; start++) Assert.AreEqual(2, unit.Start(isCertainlyClean: true).RunningVersion);
        Assert.AreEqual(Slots.MaxTries - 1, unit.Slots.Tries);
    }

    /// <summary>A dip of the supply that the unit survives, and a hang after it.</summary>
    [TestMethod]
    public void End_ThatDidNotCome_DoesNotExcuseAHang()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int start = 0; start < 3; start++)
        {
            unit.Start().Run(10).Trial.End();
            unit.Run(1);
        }

        Assert.AreEqual(1, unit.Start().RunningVersion);
    }

    [TestMethod]
    [DataRow(Loader.MaxTrialSeconds - 1, 2)]
    [DataRow(Loader.MaxTrialSeconds, 1)]
    public void Candidate_ThatNeverProvesItself_IsGivenUpAfterADayOfDriving(int seconds, int version)
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2).Start();
        unit.Trial.Run((uint)seconds);
        unit.Trial.End();
        Assert.AreEqual(version, unit.Start().RunningVersion);
        Assert.AreEqual(version == 1 ? WentBack.Unproven : WentBack.None, unit.Slots.WentBack);
    }

    /// <summary>Confirms, and then dies at every start.</summary>
    [TestMethod]
    public void Confirmed_ThatDiesFiveTimesInARow_GoesBackToTheOneBeforeAndThenToTheFactorys()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Confirmed(2, rollback: 9);
        for (int start = 1; start <= 5; start++) Assert.AreEqual(2, unit.Start().Run(119).RunningVersion);
        Assert.AreEqual((1, WentBack.Died), (unit.Start().RunningVersion, unit.Slots.WentBack));

        // Its number is below the floor, and it is loaded all the same.
        Assert.AreEqual((9u, 1u), (unit.Slots.Floor, unit.Slots.Of(unit.Running).Rollback));
        for (int start = 2; start <= 5; start++) Assert.AreEqual(1, unit.Start().RunningVersion);
        for (int start = 0; start < 3; start++) Assert.AreEqual(Slots.Factory, unit.Start().Running);
    }

    [TestMethod]
    public void Confirmed_ThatRunsTwoMinutesInBetween_IsNotGivenUp()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1);
        for (int start = 0; start < 20; start++) Assert.AreEqual(1, unit.Start().Run(start % 5 == 4 ? 120 : 0).RunningVersion);
    }

    /// <summary>Short trips with the ignition, none of two minutes.</summary>
    [TestMethod]
    public void Confirmed_IgnitionOffFiftyTimes_IsNotGivenUp()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1);
        for (int start = 0; start < 50; start++)
        {
            Assert.AreEqual(1, unit.Start().Run(30).RunningVersion);
            unit.Trial.End();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Image_ThatIsMissingOrAnother_IsGivenUpAtOnce(bool isMissing)
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        int slot = unit.Slots.Find(SlotKind.Candidate);
        if (isMissing) unit.Files.TryDelete(slot);
        else unit.Files.Rot(slot, unit.Files[slot].Length - 50);
        Assert.AreEqual((1, WentBack.Image), (unit.Start().RunningVersion, unit.Slots.WentBack));

        unit.Files.TryDelete(Slots.A);
        unit.Files.TryDelete(Slots.B);
        Assert.AreEqual(Slots.Factory, unit.Start().Running);
    }

    /// <summary>No slot ever takes the confirmed program's place before its successor has proven itself.</summary>
    [TestMethod]
    public void Room_ForTheNext_IsNeverThatOfTheConfirmed()
    {
        LoaderWorld unit = new LoaderWorld();
        for (int number = 1; number <= 6; number++)
        {
            unit.Start();
            int before = unit.Version(SlotKind.Confirmed);
            int room = unit.Slots.MakeRoom();
            Assert.AreNotEqual(unit.Slots.Find(SlotKind.Confirmed), room);
            unit.Install(number);
            Assert.AreEqual(before, unit.Version(SlotKind.Confirmed));
            unit.Start().Prove().Run(600);
        }
    }

    /// <summary>A second package into the place of a candidate that runs: what the first one proves is not the second one's.</summary>
    [TestMethod]
    public void Candidate_ThatIsReplacedWhileItRuns_ProvesNothingForTheNext()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2).Start().Prove().Run(500).Install(3);
        unit.Prove().Run(1000);
        unit.Trial.End();
        Assert.AreEqual((3, 1), (unit.Version(SlotKind.Candidate), unit.Version(SlotKind.Confirmed)));
        Assert.AreEqual((3, Slots.MaxTries - 1, 0u), (unit.Start().RunningVersion, unit.Slots.Tries, unit.Slots.Seconds));
    }

    [TestMethod]
    [DataRow(4u, 5u, 5u)]
    [DataRow(5u, 5u, 5u)]
    [DataRow(6u, 5u, 6u)]
    public void Floor_RisesWithTheConfirmationAndNeverFalls(uint rollback, uint before, uint after)
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1, before).Start().Install(2, rollback).Start();
        Assert.AreEqual(before, unit.Slots.Floor, "a candidate raises nothing");
        unit.Prove().Run(600);
        Assert.AreEqual(after, unit.Start().Slots.Floor);
    }

    /// <summary>A memory that does not answer: nobody knows what the slots hold, and nothing is written.</summary>
    [TestMethod]
    public void Memory_ThatDoesNotAnswer_LoadsTheFactorysAndIsLeft()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        unit.Memory.IsDead = true;
        Assert.AreEqual(Slots.Factory, unit.Start().Running);
        unit.Prove().Run(1000).Trial.End();
        unit.Memory.IsDead = false;
        Assert.AreEqual(2, unit.Start().RunningVersion);
    }

    /// <summary>A memory that can be read and takes nothing: a try that cannot be counted is not made.</summary>
    [TestMethod]
    public void Memory_ThatTakesNothing_LoadsNoCandidate()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        unit.Memory.RefusesFrom = 0;
        for (int start = 0; start < 5; start++) Assert.AreEqual(1, unit.Start().RunningVersion);
        Assert.AreEqual(Slots.None, unit.Slots.MakeRoom());
        unit.Memory.RefusesFrom = int.MaxValue;
        Assert.AreEqual((2, Slots.MaxTries - 1), (unit.Start().RunningVersion, unit.Slots.Tries));
    }

    [TestMethod]
    public void Confirmation_ThatTheMemoryDoesNotTake_IsTriedAgain()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1, 3).Start().Install(2, 4).Start().Prove();
        unit.Memory.RefusesFrom = 0;
        unit.Run(700);
        Assert.AreEqual((2, 1, 3u), (unit.Version(SlotKind.Candidate), unit.Version(SlotKind.Confirmed), unit.Slots.Floor));
        unit.Memory.RefusesFrom = int.MaxValue;
        unit.Run(1);
        Assert.AreEqual((2, 1, 4u), (unit.Version(SlotKind.Confirmed), unit.Version(SlotKind.Previous), unit.Slots.Floor));
    }

    [TestMethod]
    public void Memory_ThatIsBlankInTheMiddle_LoadsTheFactorys()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2).Start().Run(100);
        unit.Memory.Write(0, new byte[512], 512);
        Assert.AreEqual((Slots.Factory, 0u), (unit.Start().Running, unit.Slots.Floor));
        Assert.AreEqual(3, unit.Install(3).Start().RunningVersion);
    }
}
