using System.Diagnostics.CodeAnalysis;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>Topics of one display: <c>tc/v1/d/{displayId}/…</c>.</summary>
internal static class Topics
{
    public const string Rating = "rating";
    public const string Config = "config";
    public const string Command = "cmd";
    public const string IncidentsAck = "incidents/ack";
    public const string State = "state";
    public const string Incidents = "incidents";

    /// <summary>Among servers at one broker, no display's: where to look.</summary>
    public const string Servers = "tc/v1/servers";

    private const string Root = "tc/v1/d/";

    public static string Of(string displayCode, string leaf) => $"{Root}{displayCode}/{leaf}";

    /// <summary>Splits a topic into display id and leaf; false for a topic that is none of a display's six.</summary>
    public static bool TrySplit(string topic, out string displayCode, out string leaf)
    {
        (displayCode, leaf) = ("", "");
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
            return false;
        var slash = topic.IndexOf('/', Root.Length);
        if (slash < 0)
            return false;
        (displayCode, leaf) = (topic[Root.Length..slash], topic[(slash + 1)..]);
        return leaf is Rating or Config or Command or IncidentsAck or State or Incidents;
    }

    /// <summary>Display id on the wire: <c>[a-z0-9-]{4,32}</c>.</summary>
    public static bool IsDisplayCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= 4 and <= 32 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>What a cab may publish below its own id.</summary>
    public static bool IsUp(string leaf) => leaf is State or Incidents;

    /// <summary>What a cab may read below its own id.</summary>
    public static IReadOnlyList<string> Down { get; } = [Rating, Config, Command, IncidentsAck];
}
