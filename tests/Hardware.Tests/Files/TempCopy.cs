namespace TaxiCredit.Hardware.Tests.Files;

/// <summary>A copy of a folder in the temp folder, for tests that break a source to see who notices. Deleted on dispose.</summary>
internal sealed class TempCopy : IDisposable
{
    public TempCopy(string source)
    {
        Folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(Folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Folder { get; }

    /// <summary>Replaces every occurrence; a text that is not there is a mistake of the test, and throws.</summary>
    public TempCopy Replace(string file, string from, string to) => Edit(file, text =>
        text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{file} does not contain: {from}"));

    public TempCopy Edit(string file, Func<string, string> change)
    {
        string path = Path.Combine(Folder, file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
