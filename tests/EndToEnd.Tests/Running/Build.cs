namespace EndToEnd.Tests.Running;

/// <summary>Where things lie in the built tree.</summary>
internal static class Build
{
    public static string Root { get; } = FindRoot();

    /// <summary>The server as it is started by hand, of the same configuration as these tests.</summary>
    public static string Server { get; } = Program("TaxiCredit.Dispatch");

    /// <summary>The demo, likewise.</summary>
    public static string Demo { get; } = Program("TaxiCredit.Demo");

    /// <summary>A file for eyes, below <c>artifacts/</c>.</summary>
    public static string Artifact(params string[] path)
    {
        var file = Path.Combine([Root, "artifacts", .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    private static string Program(string name) => Path.Combine(
        Root, "dispatch-server", name, "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/', '\\'))!), "net10.0", name + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TaxiCredit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder.FullName;
    }
}
