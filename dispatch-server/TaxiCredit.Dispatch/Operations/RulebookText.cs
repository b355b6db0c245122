using System.Security.Cryptography;
using System.Text;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A version of a rulebook with the text in which it was written.</summary>
/// <param name="Json">The file, byte for byte.</param>
/// <param name="Sha256">Of <paramref name="Json"/>, 64 lower-case hex digits: another wording is another text.</param>
/// <param name="RulesSha256">Of the rules alone, see <see cref="RulesHash"/>: another wording is the same rules.</param>
/// <param name="Origin">Name of the file, or that it is the database's; for messages.</param>
internal sealed record RulebookText(Rulebook Rules, byte[] Json, string Sha256, string RulesSha256, string Origin)
{
    public const string OfDatabase = "the database";

    public DateOnly From => Rules.EffectiveFrom;

    /// <summary>Reads a text; with faults there is none.</summary>
    public static RulebookText? Read(byte[] json, string origin, out IReadOnlyList<RulebookFault> faults)
    {
        // A reader skips the mark that some editors put in front of UTF-8; the hash is over all bytes.
        using var text = new StreamReader(new MemoryStream(json), Encoding.UTF8);
        var reading = RulebookReader.Read(text.ReadToEnd());
        faults = reading.Faults;
        return reading.Rulebook is { } rules ? new(rules, json, Convert.ToHexStringLower(SHA256.HashData(json)), RulesHash.Of(rules), origin) : null;
    }
}
