using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Files;

/// <summary>A copy of a folder in the temp folder, for tests that damage a source and expect a report. Deleted on dispose.</summary>
internal sealed class TempCopy : IDisposable
{
    private readonly TempFolder _folder = new();

    private TempCopy()
    {
    }

    public string Folder => _folder.Path;

    /// <summary>A folder with all below it.</summary>
    public static TempCopy Of(string folder)
    {
        var copy = new TempCopy();
        copy._folder.CopyFrom(folder, depth: SearchOption.AllDirectories);
        return copy;
    }

    /// <summary>The tables and documents directly under hardware.</summary>
    public static TempCopy OfTables()
    {
        var copy = new TempCopy();
        copy._folder.CopyFrom(Repository.Hardware, "*.csv").CopyFrom(Repository.Hardware, "*.md");
        return copy;
    }

    /// <summary>Replaces every occurrence.</summary>
    /// <exception cref="InvalidOperationException">The text is not there: the test is out of date.</exception>
    public TempCopy Replace(string file, string from, string to) => Edit(file, text =>
        text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{file} does not contain: {from}"));

    public TempCopy Edit(string file, Func<string, string> change)
    {
        File.WriteAllText(_folder[file], change(File.ReadAllText(_folder[file])));
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
