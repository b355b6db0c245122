namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>Where a unit is that is in no cab. Its identity is dead: nothing is signed for it and nothing taken from it.</summary>
public enum DisplayRest
{
    /// <summary>On the shelf: it may be put into a cab, with a new key.</summary>
    Stock,

    /// <summary>Stolen, lost or in wrong hands.</summary>
    Revoked,

    /// <summary>There is no such unit any more, and its id is not given again.</summary>
    Scrapped,
}

internal static class DisplayRests
{
    private static readonly (DisplayRest? From, DisplayRest To)[] Allowed =
    [
        (null, DisplayRest.Stock), (null, DisplayRest.Revoked), (null, DisplayRest.Scrapped),
        (DisplayRest.Stock, DisplayRest.Revoked), (DisplayRest.Stock, DisplayRest.Scrapped),
        // A stolen unit that was found again; its memory is formatted with the new key.
        (DisplayRest.Revoked, DisplayRest.Stock), (DisplayRest.Revoked, DisplayRest.Scrapped),
    ];

    /// <param name="from">Null for a unit in a cab.</param>
    public static bool MayFollow(DisplayRest? from, DisplayRest to) => Allowed.Contains((from, to));

    /// <summary>Where a unit may go from here, in the order of the enumeration.</summary>
    public static IEnumerable<DisplayRest> After(DisplayRest? from) => Allowed.Where(step => step.From == from).Select(step => step.To);

    /// <summary>By its word on the wire; null if there is none.</summary>
    public static DisplayRest? Find(string? word) =>
        Enum.GetValues<DisplayRest>().Where(rest => rest.Word == word).Select(rest => (DisplayRest?)rest).FirstOrDefault();

    extension(DisplayRest rest)
    {
        /// <summary><c>stock</c>, <c>revoked</c> or <c>scrapped</c>.</summary>
        public string Word => rest.ToString().ToLowerInvariant();
    }

    extension(DisplayRest? rest)
    {
        /// <summary>As of a unit out of a cab, or <c>cab</c>.</summary>
        public string Word => rest is { } known ? known.Word : "cab";
    }
}
