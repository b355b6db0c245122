using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>States what is known of a driver's windscreen: what its unit measured, and when.</summary>
internal sealed class LastConfirmed(IStringLocalizer<TallyTexts> texts, Words words, DisplayStandings standings)
{
    /// <param name="plate">Of the cab that the driver is signed on to; null for none.</param>
    /// <param name="twin">Of that cab; null without a display.</param>
    public string Of(string? plate, TwinSnapshot? twin)
    {
        if (plate is null)
            return texts["NotSignedOn"];
        if (twin is null)
            return texts["NoDisplay", plate];
        if (twin.ReceivedAt is not { } at)
            return texts["NotReported", plate];
        var said = twin.Light.Stars is { } lit ? words.Of(lit) : texts[twin.Light.IsDark ? "DarkWindscreen" : "NoRating"];
        return texts[standings.Of(twin).IsOnline ? "Confirmed" : "Confirmed.Offline", plate, said, words.Instant(at)];
    }
}
