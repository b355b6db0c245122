using Microsoft.Extensions.Localization;

namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>What a display reports, in words. Values of a version that this server does not know are shown as received.</summary>
internal sealed class UnitWords(IStringLocalizer<UnitWords> texts)
{
    /// <summary>A display state of <c>firmware/PROTOCOL.md</c>; a dash before the first report.</summary>
    public string State(string state) => state.Length == 0 ? "-" : Told($"State.{state}", state);

    public string Incident(string kind) => Told($"Incident.{kind}", kind);

    /// <summary>A present fault: <c>storage</c>, or a channel with what is wrong with it, <c>star2-open</c>.</summary>
    public string Fault(string fault) => fault.Split('-') is [var channel, var what]
        ? Told($"Channel.{what}", fault, channel == "bar" ? texts["Bar"] : texts["Star", channel[^1]])
        : Told($"Fault.{fault}", fault);

    private string Told(string key, string asItCame, params object[] values) => texts[key, values] is { ResourceNotFound: false } told ? told : asItCame;
}
