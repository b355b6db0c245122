using System.Text.RegularExpressions;

namespace Dispatch.Tests.Operations;

/// <summary>Refusal codes as source text has them. Comments name nothing.</summary>
internal static partial class RefusalCodes
{
    /// <summary>The codes that a source of the server can refuse with, in its order.</summary>
    /// <param name="interpolated">What each interpolated code, <c>{what}-exists</c>, can come to.</param>
    /// <exception cref="InvalidDataException">A code that cannot be read from the source: neither a literal nor a listed interpolation.</exception>
    public static IEnumerable<string> GivenBy(string source, IReadOnlyDictionary<string, string[]> interpolated) =>
        Refusing().Matches(WithoutComments(source)).SelectMany(refusing =>
        {
            var code = refusing.Groups["code"].Value;
            if (refusing.Groups["other"].Success || code.Contains('{', StringComparison.Ordinal) && !interpolated.ContainsKey(code))
                throw new InvalidDataException($"Which codes this refuses with is to be listed: {refusing.Value}");
            return interpolated.GetValueOrDefault(code) ?? [code];
        });

    /// <summary>What a test says in quotes, whole literals alone.</summary>
    public static IEnumerable<string> QuotedBy(string test) =>
        Tokens().Matches(test).Where(token => token.Value.EndsWith('"')).Select(token => token.Value.Trim('$', '@', '"'));

    /// <summary>The codes of <paramref name="sources"/> that none of <paramref name="tests"/> quotes, each once, in order.</summary>
    public static List<string> Unnamed(IEnumerable<string> sources, IEnumerable<string> tests, IReadOnlyDictionary<string, string[]> interpolated) =>
        [.. sources.SelectMany(source => GivenBy(source, interpolated)).Except(tests.SelectMany(QuotedBy)).Order(StringComparer.Ordinal)];

    private static string WithoutComments(string source) => Tokens().Replace(source, token => token.Value[..2] is "//" or "/*" or "@*" ? " " : token.Value);

    // Strings and characters too, for a comment's beginning inside one begins none.
    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|@\*.*?\*@|"{3}.*?"{3}|\$?@"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\[^'\n]{1,5}|[^'\\\n])'|'\\''
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Tokens();

    [GeneratedRegex("""
        (?:\bRefusal\.(?:Malformed|Forbidden|Missing|Conflict|AgainstRule)\(|\bnew\ Refusal\([^,]+,)\s*(?:\$?"(?<code>[^"]*)"|(?<other>[^\s"$][^,;]*))
        |\bnew\(StatusCodes\.\w+,\s*\$?"(?<code>[^"]*)"
        |"urn:taxicredit:refusal:(?<code>[a-z-]+)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Refusing();
}
