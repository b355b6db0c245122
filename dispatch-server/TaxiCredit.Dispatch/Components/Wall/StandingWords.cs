using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Displays;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>What is known of a windscreen, and why somebody must look at it, in the bureau's words.</summary>
internal sealed class StandingWords(IStringLocalizer<WallTexts> texts, Words words)
{
    public string Of(DisplayStanding standing)
    {
        var since = standing.Since is { } lost ? words.Instant(lost) : "";
        if (standing.ConfirmedAt is not { } at)
            return standing.Cause == StandingCause.BrokerAway ? texts["Standing.BrokerAway.Never", since] : texts["Standing.NeverReported"];
        return standing.Cause is { } cause ? texts[$"Standing.{cause}", words.Instant(at), since] : texts[$"Standing.{standing.State}", words.Instant(at)];
    }

    public string Of(SharedAlarm shared) =>
        texts[
            shared.Displays == 1 ? $"Shared.{shared.Cause}.1" : $"Shared.{shared.Cause}", Words.Count(shared.Displays),
            shared.Since is { } since ? words.Instant(since) : ""];

    /// <param name="tile">One with an alarm.</param>
    public string AlarmOf(WallTile tile)
    {
        var shown = words.Of(tile.Face, tile.Stars);
        return tile.Alarm switch
        {
            DisplayAlarm.Unreachable => texts["Alarm.Unreachable", tile.Driver!],
            DisplayAlarm.Dark => texts["Alarm.Dark", shown, tile.Driver!],
            DisplayAlarm.Vacant => texts["Alarm.Vacant", shown],
            DisplayAlarm.Other => texts["Alarm.Other", shown, tile.Driver!, words.Of(tile.Twin.Stars)],
            DisplayAlarm.Fault => texts["Alarm.Fault"],
            DisplayAlarm.Held => texts["Alarm.Held"],
            _ => texts["Alarm.NoRating"],
        };
    }
}
