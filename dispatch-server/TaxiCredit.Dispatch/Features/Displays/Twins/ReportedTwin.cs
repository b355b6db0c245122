using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>What a display last said of itself; fields of <c>state</c> in <c>firmware/PROTOCOL.md</c>.</summary>
/// <remarks>Immutable: a report makes a new record instead of the old one.</remarks>
internal sealed record ReportedTwin
{
    public required int DisplayId { get; init; }

    /// <summary>Connected, as far as reports and last will tell.</summary>
    public bool Online { get; init; }

    /// <summary>System time of the last accepted state; null before the first.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Unix seconds at which the cab measured; 0 while it has no clock.</summary>
    public long At { get; init; }

    /// <summary>Id of the cab's memory; empty before the first state.</summary>
    public string Journal { get; init; } = "";

    public long Boot { get; init; }

    public long N { get; init; }

    public string Firmware { get; init; } = "";

    public long Rev { get; init; }

    public long ConfigRev { get; init; }

    public long CommandRev { get; init; }

    public int Epoch { get; init; }

    /// <summary>Display state on the wire: <c>showing</c>, <c>vacant</c>, …; empty before the first state.</summary>
    public string State { get; init; } = "";

    /// <summary>Bar, star 1 to star 4, as measured.</summary>
    public string Lit { get; init; } = "00000";

    /// <summary>Comma-separated.</summary>
    public string Faults { get; init; } = "";

    /// <summary>mV.</summary>
    public int Battery { get; init; }

    /// <summary>dBm; 0 is unknown.</summary>
    public int Rssi { get; init; }

    /// <summary>s since the start.</summary>
    public long Up { get; init; }

    /// <summary>Bytes.</summary>
    public long Free { get; init; }

    /// <summary>Incidents not yet acknowledged.</summary>
    public long Backlog { get; init; }

    public MeasuredLight Light => MeasuredLight.Of(Lit);

    /// <summary>A replay has at most the boot and number of the last state of the same memory.</summary>
    public bool IsOld(StateReport report) => report.Journal == Journal && (report.Boot, report.N).CompareTo((Boot, N)) <= 0;

    public ReportedTwin With(StateReport report, DateTimeOffset receivedAt) => this with
    {
        Online = true,
        ReceivedAt = receivedAt,
        At = report.At,
        Journal = report.Journal,
        Boot = report.Boot,
        N = report.N,
        Firmware = report.Firmware,
        Rev = report.Rev,
        ConfigRev = report.ConfigRev,
        CommandRev = report.CommandRev,
        Epoch = report.Epoch,
        State = report.Display,
        Lit = report.Lit,
        Faults = string.Join(',', report.Faults),
        Battery = report.Battery,
        Rssi = report.Rssi,
        Up = report.Up,
        Free = report.Free,
        Backlog = report.Backlog,
    };
}

/// <summary>A cab's memory that a newer one has replaced; its states are refused, see <see cref="Reports.SupersededJournals"/>.</summary>
internal sealed class SupersededJournal
{
    public required int DisplayId { get; init; }

    public required string Journal { get; init; }

    public required DateTimeOffset At { get; init; }
}
