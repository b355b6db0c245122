namespace EndToEnd.Tests.Running;

/// <summary>Where things lie in the built tree.</summary>
internal static class Build
{
    public static string Root { get; } = FindRoot();

    /// <summary>The server as it is started by hand, of the same configuration as these tests.</summary>
    public static string Server { get; } = Path.Combine(
        Root, "dispatch-server", "TaxiCredit.Dispatch", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/', '\\'))!), "net10.0", "TaxiCredit.Dispatch.dll");

    /// <summary>A file for eyes, below <c>artifacts/</c>.</summary>
    public static string Artifact(params string[] path)
    {
        var file = Path.Combine([Root, "artifacts", .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TaxiCredit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder.FullName;
    }
}
