using System.Collections.Frozen;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>A <c>state</c> of a cab; fields, units and ranges as in <c>firmware/PROTOCOL.md</c>.</summary>
internal sealed record StateReport(
    long At, string Journal, long Boot, long N, string Firmware, long Rev, long ConfigRev, long CommandRev, int Epoch,
    string Display, string Lit, IReadOnlyList<string> Faults, int Battery, int Rssi, long Up, long Free, long Backlog)
{
    private const int MaxFaults = 8;
    private const int MaxFirmwareChars = 16;

    private static readonly FrozenSet<string> DisplayStates =
        FrozenSet.Create("booting", "selftest", "showing", "unrated", "vacant", "stale", "fault", "nodata", "off");

    private static readonly FrozenSet<string> FaultNames =
        (from channel in new[] { "bar", "star1", "star2", "star3", "star4" }
         from fault in new[] { "open", "short", "stuck" }
         select $"{channel}-{fault}").Concat(["storage", "tamper", "voltage", "heat", "thermometer", "converter", "calibration"]).ToFrozenSet();

    /// <inheritdoc cref="StrictJson.TryRead"/>
    public static RefusedBecause? TryRead(ReadOnlyMemory<byte> json, string topic, out StateReport? report) =>
        StrictJson.TryRead(json, topic, Read, out report);

    private static StateReport Read(StrictJson fields) => new(
        At: fields.TimeOrZero("at"),
        Journal: fields.Text("journal", StrictJson.IsJournal),
        Boot: fields.Integer("boot", 1, StrictJson.LatestCount),
        N: fields.Integer("n", 1, StrictJson.LatestCount),
        Firmware: fields.Text("fw", text => text.Length <= MaxFirmwareChars),
        Rev: fields.Integer("rev", 0, StrictJson.LatestTime),
        ConfigRev: fields.Integer("configRev", 0, StrictJson.LatestTime),
        CommandRev: fields.Integer("cmdRev", 0, StrictJson.LatestTime),
        Epoch: (int)fields.Integer("epoch", 1, Envelope.LastEpoch),
        Display: fields.Text("display", DisplayStates.Contains),
        Lit: fields.Text("lit", MeasuredLight.IsForm),
        Faults: fields.Texts("faults", MaxFaults, FaultNames.Contains),
        Battery: (int)fields.Integer("battery", 0, ushort.MaxValue),
        // 0 = unknown: a cab leaves the field out whose platform does not tell.
        Rssi: fields.Has("rssi") ? (int)fields.Integer("rssi", -128, -1) : 0,
        Up: fields.Integer("up", 0, StrictJson.LatestCount),
        Free: fields.Integer("free", 0, StrictJson.LatestCount),
        Backlog: fields.Integer("backlog", 0, StrictJson.LatestCount));
}
