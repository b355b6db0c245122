namespace TaxiCredit.Dispatch.Features.Displays;

internal static class ShownCounts
{
    public const string Unrated = "unrated";
    public const string Dark = "dark";

    /// <summary>
    /// How many windscreens show what, by the lights that displays last measured: <c>4</c> to <c>0</c>, <c>unrated</c> where a
    /// display is dark and says so, and <c>dark</c> for everything else, unconfirmed and inconsistent ones included.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<StandingTwin> all)
    {
        var counts = new Dictionary<string, int> { ["4"] = 0, ["3"] = 0, ["2"] = 0, ["1"] = 0, ["0"] = 0, [Unrated] = 0, [Dark] = 0 };
        foreach (var one in all)
            counts[KeyOf(one)]++;
        return counts;
    }

    private static string KeyOf(StandingTwin one) => one switch
    {
        { Standing.IsOnline: true, Twin.Light.Stars: not null } => one.Twin.Light.ToString(),
        { Standing.IsOnline: true, Twin.Light.IsDark: true, Twin.State: Unrated } => Unrated,
        _ => Dark,
    };
}
