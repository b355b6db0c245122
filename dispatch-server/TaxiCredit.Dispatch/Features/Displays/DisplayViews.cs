using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>A windscreen in one line.</summary>
/// <param name="Light">As last measured: <c>0</c> to <c>4</c>, <c>dark</c> or <c>inconsistent</c>.</param>
/// <param name="Online">Connected, reporting in time, and over a connection that this server has.</param>
/// <param name="ReceivedAt">When it last confirmed anything.</param>
/// <param name="ShowsDesired">Online, everything applied, and the measured lights are those of the rating.</param>
/// <param name="Standing">What the server knows of it.</param>
/// <param name="Because">Why it is unconfirmed or held; null otherwise.</param>
/// <param name="Since">Since when it is unconfirmed.</param>
/// <param name="Alarm">Why somebody must look at this one; null for none, and for what many have in common.</param>
internal sealed record DisplayLine(
    string Id, string Cab, string Plate, string Team, string? Driver, string Kind, int? Stars, string? Period,
    bool Online, string State, string Light, DateTimeOffset? ReceivedAt, bool ShowsDesired,
    DisplayState Standing, StandingCause? Because, DateTimeOffset? Since, DisplayAlarm? Alarm)
{
    public static DisplayLine Of(StandingTwin one)
    {
        var (twin, standing) = one;
        return new(
            twin.Display, twin.Cab, twin.Plate, twin.Team, twin.Driver, twin.Kind.OnWire, twin.Stars, twin.Period,
            standing.IsOnline, twin.State, twin.Light.ToString(), twin.ReceivedAt, standing.IsOnline && twin.ShowsDesired,
            standing.State, standing.Cause, standing.Since, standing.Alarm);
    }
}

internal sealed record DesiredRatingView(
    long Rev, long Now, string Kind, int? Stars, string? Period, string? Driver, long? From, long? Until, long? Hold, int SignedEpoch)
{
    public static DesiredRatingView Of(DesiredRating rating) => new(
        rating.Rev, rating.Now, rating.Kind.OnWire, rating.Stars, rating.Period, rating.Driver, rating.From, rating.Until, rating.Hold, rating.SignedEpoch);
}

internal sealed record DesiredConfigView(long Rev, long Now, ConfigContent Content, int SignedEpoch)
{
    public static DesiredConfigView Of(DesiredConfig config) => new(config.Rev, config.Now, config.Content, config.SignedEpoch);
}

/// <summary>What the display last said, names and units as on the wire.</summary>
internal sealed record ReportedView(
    bool Online, DateTimeOffset? ReceivedAt, long At, string Journal, long Boot, long N, string Fw, long Rev, long ConfigRev, long CmdRev,
    int Epoch, string Display, string Lit, IReadOnlyList<string> Faults, int Battery, int Rssi, long Up, long Free, long Backlog)
{
    public static ReportedView Of(ReportedTwin said) => new(
        said.Online, said.ReceivedAt, said.At, said.Journal, said.Boot, said.N, said.Firmware, said.Rev, said.ConfigRev, said.CommandRev,
        said.Epoch, said.State, said.Lit, said.Faults.Split(',', StringSplitOptions.RemoveEmptyEntries), said.Battery, said.Rssi, said.Up, said.Free,
        said.Backlog);
}

/// <param name="Refused">By reason, since the server's start: what came by this display's name and was refused.</param>
internal sealed record DisplayView(
    DisplayLine Line, DesiredRatingView Rating, DesiredConfigView? Config, ReportedView Reported, KeyEpochs Keys, long Incidents,
    IReadOnlyDictionary<string, long> Refused);

/// <param name="Id">Ascends with arrival; the last one of a page is <c>after</c> of the next.</param>
/// <param name="At">Unix seconds by the cab's clock; null where it was not known, and then <paramref name="Boot"/> and <paramref name="Up"/> tell.</param>
internal sealed record IncidentView(long Id, string Journal, long Seq, string Kind, long Arg, long? At, long? Boot, long? Up, DateTimeOffset ReceivedAt)
{
    public static IncidentView Of(Incident incident) => new(
        incident.Id, incident.Journal, incident.Seq, incident.Kind, incident.Arg, incident.At, incident.Boot, incident.Up, incident.ReceivedAt);
}

/// <param name="Shown">Windscreens by the lights last measured: <c>4</c> to <c>0</c>, <c>unrated</c>, <c>dark</c>.</param>
/// <param name="Alarms">As many as the wall tells: each shared cause once, and each windscreen with an alarm of its own.</param>
/// <param name="Shared">Causes that many windscreens have in common.</param>
/// <param name="Broker">This server's connection to its broker.</param>
/// <param name="Refused">By reason, since the server's start.</param>
/// <param name="Programs">Units by the version of the firmware that they said they run.</param>
/// <param name="Held">Displays whose root key the server's key ring cannot open: they keep what they show.</param>
internal sealed record DisplaysView(
    IReadOnlyDictionary<string, int> Shown, int Online, int Alarms, IReadOnlyList<SharedAlarm> Shared, BrokerLink Broker,
    IReadOnlyDictionary<string, long> Refused, IReadOnlyCollection<string> Held,
    IReadOnlyList<ProgramCount> Programs, IReadOnlyList<DisplayLine> Displays);
