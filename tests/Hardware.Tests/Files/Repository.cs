namespace TaxiCredit.Hardware.Tests.Files;

/// <summary>Where the sources of the board lie, and copies of them that a test may damage.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Hardware { get; } = Path.Combine(Root, "hardware");

    public static string Kicad { get; } = Path.Combine(Hardware, "kicad");

    /// <summary>
    /// Set REGENERATE=1 to write the generated sources (schematic, plots, simulation values) instead of comparing them.
    /// </summary>
    public static bool Regenerating { get; } = Environment.GetEnvironmentVariable("REGENERATE") == "1";

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "TaxiCredit.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"TaxiCredit.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
