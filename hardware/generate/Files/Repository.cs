namespace TaxiCredit.Hardware.Generate.Files;

/// <summary>Where the sources of the board are.</summary>
internal static class Repository
{
    /// <summary>The folder of TaxiCredit.sln above the running program.</summary>
    public static string Root { get; } = FindRoot();

    public static string Hardware { get; } = Path.Combine(Root, "hardware");

    public static string Kicad { get; } = Path.Combine(Hardware, "kicad");

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "TaxiCredit.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds TaxiCredit.sln");
    }
}
