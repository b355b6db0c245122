using System.Text;

namespace TaxiCredit.Hardware.Generate;

/// <summary>Compares a committed file with a newly generated one.</summary>
/// <returns>What differs, in a few words; null when the committed file is equivalent.</returns>
internal delegate string? Comparer(byte[] committed, byte[] generated);

/// <summary>A file that the program writes. Its content is made on first use and kept.</summary>
/// <param name="path">From the repository's root, with forward slashes.</param>
internal sealed class GeneratedFile(string path, Func<byte[]> make, Comparer compare)
{
    private readonly Lazy<byte[]> _content = new(make);

    public string Path { get; } = path;

    public byte[] Content => _content.Value;

    public static GeneratedFile Text(string path, Func<string> make, Comparer compare) => new(path, () => Encoding.UTF8.GetBytes(make()), compare);

    /// <returns>What differs from the file below <paramref name="root"/>, beginning with the path; null when nothing does.</returns>
    public string? DifferenceFrom(string root)
    {
        string committed = System.IO.Path.Combine(root, Path);
        string? difference = File.Exists(committed) ? compare(File.ReadAllBytes(committed), Content) : "is missing";
        return difference is null ? null : $"{Path}: {difference}";
    }

    public void WriteTo(string root)
    {
        string target = System.IO.Path.Combine(root, Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, Content);
    }
}
