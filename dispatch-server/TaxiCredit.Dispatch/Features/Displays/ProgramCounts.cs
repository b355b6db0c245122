namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Units in cabs that run one version of the firmware, by their own word.</summary>
/// <param name="Version">As <c>fw</c> of their last state has it; null of those that have said nothing yet.</param>
/// <param name="Units">All of them.</param>
/// <param name="Online">Those of them that are connected now; what the others run may have changed since they were last heard.</param>
internal sealed record ProgramCount(string? Version, int Units, int Online);

internal static class ProgramCounts
{
    /// <summary>The newest version first, then what is no version, and last who has said nothing.</summary>
    public static IReadOnlyList<ProgramCount> Of(IEnumerable<StandingTwin> all) =>
        [
            .. from one in all
               group one by one.Twin.Reported.Firmware into same
               orderby same.Key.Length == 0, NumberOf(same.Key) descending, same.Key
               select new ProgramCount(same.Key.Length == 0 ? null : same.Key, same.Count(), same.Count(one => one.Standing.IsOnline)),
        ];

    /// <summary>By their numbers, as 0.10.0 is newer than 0.9.0; null of what has none, which is below every version.</summary>
    private static Version? NumberOf(string text) => Version.TryParse(text, out var number) ? number : null;
}
