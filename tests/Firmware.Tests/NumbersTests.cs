using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests;

/// <summary>The numbers behind the names that other tests use: what is sent or stored, and the limits that README.md and PROTOCOL.md state.</summary>
[TestClass]
public sealed class NumbersTests
{
    [TestMethod]
    [DataRow("Refusal.None", Refusal.None, 0)]
    [DataRow("Refusal.Length", Refusal.Length, 1)]
    [DataRow("Refusal.Mac", Refusal.Mac, 2)]
    [DataRow("Refusal.Form", Refusal.Form, 3)]
    [DataRow("Refusal.Topic", Refusal.Topic, 4)]
    [DataRow("Refusal.Old", Refusal.Old, 5)]
    [DataRow("Refusal.Expired", Refusal.Expired, 6)]
    [DataRow("Refusal.Early", Refusal.Early, 7)]
    [DataRow("Refusal.Clock", Refusal.Clock, 8)]
    [DataRow("Refusal.Driving", Refusal.Driving, 9)]
    [DataRow("ResetCause.Parked", ResetCause.Parked, 5)]
    [DataRow("CalibrationResult.Stored", CalibrationResult.Stored, 0)]
    [DataRow("CalibrationResult.None", CalibrationResult.None, 1)]
    [DataRow("CalibrationResult.Foreign", CalibrationResult.Foreign, 2)]
    [DataRow("CalibrationResult.Missing", CalibrationResult.Missing, 3)]
    [DataRow("CalibrationResult.Swapped", CalibrationResult.Swapped, 4)]
    [DataRow("CalibrationResult.Battery", CalibrationResult.Battery, 5)]
    [DataRow("CalibrationResult.Light", CalibrationResult.Light, 6)]
    [DataRow("CalibrationResult.Dark", CalibrationResult.Dark, 7)]
    [DataRow("CalibrationResult.Refused", CalibrationResult.Refused, 8)]
    [DataRow("CalibrationResult.Channel", CalibrationResult.Channel, 10)]
    [DataRow("ResetCause.Unknown", ResetCause.Unknown, 0)]
    [DataRow("ResetCause.Power", ResetCause.Power, 1)]
    [DataRow("ResetCause.Watchdog", ResetCause.Watchdog, 2)]
    [DataRow("ResetCause.Software", ResetCause.Software, 3)]
    [DataRow("ResetCause.BrownOut", ResetCause.BrownOut, 4)]
    [DataRow("LightFault.Open", LightFault.Open, 1)]
    [DataRow("LightFault.Short", LightFault.Short, 2)]
    [DataRow("LightFault.StuckOn", LightFault.StuckOn, 3)]
    [DataRow("PackageRefusal.Form", PackageRefusal.Form, 1)]
    [DataRow("PackageRefusal.Offer", PackageRefusal.Offer, 8)]
    [DataRow("PackageRefusal.Storage", PackageRefusal.Storage, 9)]
    [DataRow("PackageRefusal.Silent", PackageRefusal.Silent, 10)]
    [DataRow("PackageRefusal.Expired", PackageRefusal.Expired, 11)]
    [DataRow("WentBack.Tries", WentBack.Tries, 1)]
    [DataRow("WentBack.Unproven", WentBack.Unproven, 2)]
    [DataRow("WentBack.Image", WentBack.Image, 3)]
    [DataRow("WentBack.Died", WentBack.Died, 4)]
    [DataRow("StoragePart.Slots", StoragePart.Slots, 1)]
    [DataRow("StoragePart.Journal", StoragePart.Journal, 2)]
    public void Reason_OnTheWire_HasTheNumberOfTheProtocol(string name, int reason, int number) => Assert.AreEqual(number, reason, name);

    /// <summary>PROTOCOL.md lists what a `limited` counts.</summary>
    [TestMethod]
    public void Kinds_ThatLimitedCounts_HaveTheNumbersOfTheProtocol()
    {
        string page = File.ReadAllText(Path.Combine(Readme.Root, "firmware/PROTOCOL.md")).Replace('\n', ' ');
        string list = page[page.IndexOf("Numbers of the kinds in `limited`:", StringComparison.Ordinal)..];
        list = list[..list.IndexOf("A list begins", StringComparison.Ordinal)];
        for (int kind = 1; kind < IncidentKind.Count; kind++)
        {
            string name = IncidentKind.NameOf(kind);
            string entry = kind is IncidentKind.Lost or IncidentKind.Limited ? $"`{name}` ({kind})" : $" {kind} `{name}`";
            StringAssert.Contains(list, entry);
        }
    }

    [TestMethod]
    [DataRow("Unit.Beat", Unit.Beat, 500)]
    [DataRow("Unit.StoreTimeEvery", Unit.StoreTimeEvery, 60000)]
    [DataRow("Unit.LastBackoffCap", Unit.LastBackoffCap, 300000)]
    [DataRow("Panel.MeasureEvery", Panel.MeasureEvery, 1000)]
    [DataRow("Panel.Settle", Panel.Settle, 50)]
    [DataRow("Panel.RetestEvery", Panel.RetestEvery, 30000)]
    [DataRow("Panel.BlindAfter", Panel.BlindAfter, 10000)]
    [DataRow("Sampler.Slot", Sampler.Slot, 500)]
    [DataRow("Sampler.Conversion", Sampler.Conversion, 20)]
    [DataRow("LightCheck.LinesSpeakFrom", LightCheck.LinesSpeakFrom, 100)]
    [DataRow("LightCheck.MinMillivoltsInFrost", LightCheck.MinMillivoltsInFrost, 12500)]
    [DataRow("LightCheck.MinMillivolts", LightCheck.MinMillivolts, 10000)]
    [DataRow("Parking.AfterRun", Parking.AfterRun, 600000)]
    [DataRow("Parking.AfterTamper", Parking.AfterTamper, 60000)]
    [DataRow("Parking.AfterNothing", Parking.AfterNothing, 3000)]
    [DataRow("Parking.LowBattery", Parking.LowBattery, 11800)]
    [DataRow("Parking.LowFor", Parking.LowFor, 60000)]
    [DataRow("Calibrator.OpenFor", Calibrator.OpenFor, 600000)]
    [DataRow("SelfTest.StepMilliseconds", SelfTest.StepMilliseconds, 250)]
    [DataRow("StatusLed.SlotMilliseconds", StatusLed.SlotMilliseconds, 125)]
    [DataRow("Brightness.Hot", Brightness.Hot, 85)]
    [DataRow("Brightness.Hottest", Brightness.Hottest, 105)]
    [DataRow("Brightness.Assumed", Brightness.Assumed, 95)]
    [DataRow("Session.AttemptTimeout", Session.AttemptTimeout, 30000)]
    [DataRow("Session.ProvenAfter", Session.ProvenAfter, 10000)]
    [DataRow("Session.LostTimeout", Session.LostTimeout, 60000)]
    [DataRow("Session.DenialsUntilLost", Session.DenialsUntilLost, 7)]
    [DataRow("Session.DenialsUntilNew", Session.DenialsUntilNew, 2)]
    [DataRow("TimeQuestion.MaxAge", TimeQuestion.MaxAge, 60000)]
    [DataRow("TimeQuestion.KeptFor", TimeQuestion.KeptFor, 10000)]
    [DataRow("Keyring.Lost", Keyring.Lost, 0)]
    [DataRow("Session.DeliveryTimeout", Session.DeliveryTimeout, 60000)]
    [DataRow("Backoff.FirstCap", Backoff.FirstCap, 1000)]
    [DataRow("Backoff.FirstStallCap", Backoff.FirstStallCap, 60000)]
    [DataRow("Backoff.LastStallCap", Backoff.LastStallCap, 7200000)]
    [DataRow("StateSender.MinGap", StateSender.MinGap, 50)]
    [DataRow("IncidentSender.FirstWait", IncidentSender.FirstWait, 10000)]
    [DataRow("IncidentSender.LastWait", IncidentSender.LastWait, 300000)]
    [DataRow("Recorder.Burst", Recorder.Burst, 8)]
    [DataRow("Recorder.Refill", Recorder.Refill, 600000)]
    [DataRow("Recorder.MaxStartsInARow", Recorder.MaxStartsInARow, 6)]
    [DataRow("LinkInbox.Capacity", LinkInbox.Capacity, 16)]
    [DataRow("Recorder.Reserved", Recorder.Reserved, 32)]
    [DataRow("Session.SubscribeTimeout", Session.SubscribeTimeout, 10000)]
    [DataRow("Session.DeadAfter in minutes", (int)(Session.DeadAfter / 60000), 360)]
    [DataRow("Session.RestartGap", Session.RestartGap, 600000)]
    [DataRow("StateSender.KeepAlive", StateSender.KeepAlive, 180)]
    [DataRow("Networks.AttemptsWithoutBroker", Networks.AttemptsWithoutBroker, 3)]
    [DataRow("BusGuard.FailuresUntilLook", BusGuard.FailuresUntilLook, 3)]
    [DataRow("BusGuard.LookEvery", BusGuard.LookEvery, 10000)]
    [DataRow("Progress.LongestBusy", Progress.LongestBusy, 30000)]
    [DataRow("Budget.BytesPerSecond", Budget.BytesPerSecond, 16)]
    [DataRow("Budget.Capacity", Budget.Capacity, 65536)]
    [DataRow("Budget.PerMessage", Budget.PerMessage, 251)]
    [DataRow("Budget.PerBatch", Budget.PerBatch, 752)]
    [DataRow("Budget.ForAttempt", Budget.ForAttempt, 12000)]
    [DataRow("Budget.PerConnection", Budget.PerConnection, 6000)]
    [DataRow("Budget.PerChunk", Budget.PerChunk, 1275)]
    [DataRow("ChunkAsker.FirstWait", ChunkAsker.FirstWait, 10000)]
    [DataRow("ChunkAsker.LastWait", ChunkAsker.LastWait, 300000)]
    [DataRow("ChunkAsker.MaxAsks", ChunkAsker.MaxAsks, 12)]
    [DataRow("SlotFile.BlockSize", SlotFile.BlockSize, 512)]
    [DataRow("Offer.MaxSize", Offer.MaxSize, 100000)]
    [DataRow("Transfer.MaxAge in days", (int)(Transfer.MaxAge / 86400), 14)]
    [DataRow("Transfer.MaxWrites", Transfer.MaxWrites, 3)]
    [DataRow("Transfer.StepGap", Transfer.StepGap, 20)]
    [DataRow("Transfer.WriteGap", Transfer.WriteGap, 500)]
    [DataRow("MemoryMap.Size", MemoryMap.Size, 8192)]
    [DataRow("MemoryMap.JournalRecords", MemoryMap.JournalRecords, 102)]
    [DataRow("MemoryMap.Programs", MemoryMap.Programs, 7936)]
    [DataRow("RetryingMemory.Attempts", RetryingMemory.Attempts, 3)]
    [DataRow("UnitMemory.LookEvery", UnitMemory.LookEvery, 10000)]
    [DataRow("Envelope.MinBytes", Envelope.MinBytes, 67)]
    [DataRow("Envelope.MaxBytes", Envelope.MaxBytes, 1024)]
    [DataRow("Keyring.LastEpoch", Keyring.LastEpoch, 65535)]
    [DataRow("FlatReader.MaxFields", FlatReader.MaxFields, 32)]
    [DataRow("UnitConfig.MaxBytes", UnitConfig.MaxBytes, 4096)]
    public void Limit_OfTheLogic_IsTheDocumentedOne(string name, int limit, int number) => Assert.AreEqual(number, limit, name);
}
