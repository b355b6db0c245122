namespace TaxiCredit.Hardware.Generate.Files;

/// <summary>A new folder below the system's temp folder; deleted with its content on dispose.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("taxicredit-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Copies the files of a folder, without its subfolders unless told otherwise.</summary>
    /// <param name="into">Folder to copy into, from this one.</param>
    public TempFolder CopyFrom(string source, string pattern = "*", SearchOption depth = SearchOption.TopDirectoryOnly, string into = "")
    {
        foreach (string file in Directory.EnumerateFiles(source, pattern, depth))
        {
            string target = this[System.IO.Path.Combine(into, System.IO.Path.GetRelativePath(source, file))];
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
