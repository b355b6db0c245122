using System.Globalization;
using System.Text;

namespace TaxiCredit.Release;

/// <summary>
/// Which one-time keys have been used: a line for each, on disk before the signature exists. An index that was used twice would let anybody sign. A line that
/// is not whole counts: nobody can know what became of its signature.
/// <code>
/// indexes of key 16 bytes in hex
/// 0 what was signed
/// 1 what was signed
/// </code>
/// </summary>
internal sealed class UsedIndexes
{
    private readonly IIndexFile _file;
    private readonly string _header;
    private readonly int _count;

    public UsedIndexes(IIndexFile file, string identifier, int count)
    {
        _file = file;
        _header = HeaderOf(identifier);
        _count = count;
    }

    public static string HeaderOf(string identifier) => $"indexes of key {identifier}\n";

    /// <summary>Number of indexes that are gone.</summary>
    /// <exception cref="ReleaseException">The file is not what was written here.</exception>
    public int Used() => LinesOf(Encoding.Latin1.GetString(_file.Read())).Length;

    /// <summary>Takes the next index, for ever.</summary>
    /// <param name="what">What it is taken for; one line.</param>
    /// <exception cref="ReleaseException">None is left, or the file is not what was written here.</exception>
    public int Take(string what)
    {
        string text = Encoding.Latin1.GetString(_file.Read());
        int index = LinesOf(text).Length;
        if (index >= _count)
            throw new ReleaseException($"all {_count} indexes of this key are used: make another key, and give the units a program that has it");
        string end = text.EndsWith('\n') ? "" : "\n";
        _file.Append(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{end}{index} {what}\n")));
        return index;
    }

    private string[] LinesOf(string text)
    {
        if (!text.StartsWith(_header, StringComparison.Ordinal)) throw new ReleaseException("the file of used indexes is not that of this key");
        string[] lines = text[_header.Length..].Split('\n');
        int whole = lines.Length - 1;
        for (int index = 0; index < whole; index++)
        {
            // A line that was torn begins as it should have, as far as it goes.
            string start = string.Create(CultureInfo.InvariantCulture, $"{index} ");
            string line = lines[index];
            if (!line.StartsWith(start, StringComparison.Ordinal) && (line.Length == 0 || !start.StartsWith(line, StringComparison.Ordinal)))
                throw new ReleaseException($"the file of used indexes was changed: its line {index + 2} is not that of index {index}");
        }

        return lines[whole].Length == 0 ? lines[..whole] : lines;
    }
}
