using System.Text.Json;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A status by which a list is asked for: as answers write it, in any case.</summary>
internal static class AskedStatus
{
    /// <returns>Null where none was asked for.</returns>
    public static Outcome<T?> Read<T>(string? asked) where T : struct, Enum
    {
        if (asked is null)
            return (T?)null;

        // By name: a number is none, and a list of names neither.
        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : Refusal.Malformed(
                "status-unknown", $"'{asked}' is no status; there are {string.Join(", ", names.Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
    }
}
