using System.Text;

namespace TaxiCredit.Hardware.Generate.Files;

/// <summary>KiCad's bracketed text as a tree: a name, atoms and lists.</summary>
internal sealed class SExpression
{
    private readonly List<SExpression> _lists = [];
    private readonly List<string> _atoms = [];
    private readonly HashSet<int> _quoted = [];

    public string Name => _atoms.Count > 0 ? _atoms[0] : "";

    /// <summary>The atoms after the name.</summary>
    public IEnumerable<string> Values => _atoms.Skip(1);

    /// <summary>The lists in their order; KiCad writes them after the atoms.</summary>
    public IReadOnlyList<SExpression> Lists => _lists;

    public string Value => _atoms.Count > 1 ? _atoms[1] : "";

    public IEnumerable<SExpression> All(string name) => _lists.Where(list => list.Name == name);

    public SExpression One(string name) => _lists.FirstOrDefault(list => list.Name == name) ?? throw new FormatException($"({Name} …) has no ({name} …)");

    public string TextOf(string name) => _lists.FirstOrDefault(list => list.Name == name)?.Value ?? "";

    /// <summary>The values as KiCad writes them, with their quotation marks.</summary>
    public IEnumerable<string> WrittenValues => Values.Select((value, i) =>
        _quoted.Contains(i + 1) ? $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : value);

    public static SExpression Parse(string text)
    {
        int at = text.IndexOf('(', StringComparison.Ordinal) + 1;
        return ReadList(text, ref at);
    }

    private static SExpression ReadList(string text, ref int at)
    {
        var list = new SExpression();
        while (text[at] != ')')
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] == '(')
            {
                at++;
                list._lists.Add(ReadList(text, ref at));
            }
            else
            {
                if (text[at] == '"')
                    list._quoted.Add(list._atoms.Count);
                list._atoms.Add(text[at] == '"' ? ReadQuoted(text, ref at) : ReadWord(text, ref at));
            }
        }

        at++;
        return list;
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var word = new StringBuilder();
        for (at++; text[at] != '"'; at++)
        {
            if (text[at] == '\\')
                at++;
            word.Append(text[at]);
        }

        at++;
        return word.ToString();
    }

    private static string ReadWord(string text, ref int at)
    {
        int start = at;
        while (!char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')'))
            at++;
        return text[start..at];
    }
}
