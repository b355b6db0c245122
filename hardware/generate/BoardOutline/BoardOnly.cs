namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>What lies on the board and in no schematic: three fiducials for each side.</summary>
internal static class BoardOnly
{
    private static readonly (double X, double Y)[] Corners = [(11, 5), (124, 4), (10, 42)];

    public static IReadOnlyList<BoardPart> Parts { get; } = [.. Places().Keys.Select(reference => new BoardPart(reference, "Fiducial",
        "Fiducial:Fiducial_1mm_Mask2mm", "", "", "", "", ["board_only"], [], new Dictionary<string, BoardNet>()))];

    public static IReadOnlyDictionary<string, Place> Places() => Corners.SelectMany((corner, i) => new[]
    {
        ($"FID{i + 1}", new Place(corner.X, corner.Y, 0, Back: false)), ($"FID{i + 4}", new Place(corner.X, corner.Y, 0, Back: true)),
    }).ToDictionary(pair => pair.Item1, pair => pair.Item2);
}
