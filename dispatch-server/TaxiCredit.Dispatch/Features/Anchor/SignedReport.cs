using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// A credit report as JSON whose last property, <c>signature</c>, is a signed note over the SHA-256 of every byte before it. So a driver can show it to
/// somebody who has no account, and a digit that was changed on the way is noticed.
/// </summary>
internal static class SignedReport
{
    private const string Name = "taxicredit-report-1";
    private const string Property = ",\n  \"signature\": ";
    private const string End = "\n}";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">An indented object with at least one property.</param>
    public static byte[] Sign(byte[] json, string origin, IReadOnlyCollection<NoteSigner> keys)
    {
        var text = Encoding.UTF8.GetString(json).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!text.EndsWith(End, StringComparison.Ordinal))
            throw new ArgumentException("Only an indented object can be signed.", nameof(json));
        var body = text[..^End.Length];
        return Encoding.UTF8.GetBytes($"{body}{Property}{JsonSerializer.Serialize(SignedNote.Sign(TextOf(body, origin), keys), Json)}{End}");
    }

    /// <returns>What is wrong with the signature or with a proof, in a sentence; null if all of it holds.</returns>
    public static string? FindFault(string json, string origin, IReadOnlyCollection<NoteVerifier> keys, out int proven, out int unproven)
    {
        (proven, unproven) = (0, 0);
        var at = json.LastIndexOf(Property, StringComparison.Ordinal);
        if (at < 0 || !json.EndsWith(End, StringComparison.Ordinal))
            return "The report is not signed, or not as it was downloaded.";
        try
        {
            using var report = JsonDocument.Parse(json);
            var fault = SignedNote.TryOpen(report.RootElement.GetProperty("signature").GetString()!, keys, out var signed);
            if (fault is not null)
                return fault;
            if (signed != TextOf(json[..at], origin))
                return "The report was changed after it was signed, or is of another city.";
            return FindFaultInLines(report.RootElement, origin, keys, ref proven, ref unproven);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return $"The report is malformed: {malformed.Message}";
        }
    }

    private static string? FindFaultInLines(JsonElement report, string origin, IReadOnlyCollection<NoteVerifier> keys, ref int proven, ref int unproven)
    {
        var proofs = report.GetProperty("proofs").EnumerateArray().ToDictionary(proof => proof.GetProperty("entry").GetInt64());
        foreach (var line in report.GetProperty("lines").EnumerateArray())
        {
            if (line.GetProperty("entry") is not { ValueKind: JsonValueKind.Number } number)
                continue;
            var entry = number.GetInt64();
            if (!proofs.TryGetValue(entry, out var proof))
            {
                unproven++;
                continue;
            }

            var form = proof.GetProperty("form").GetString()!;
            if (ToldAs(form) != Told(report, line))
                return $"Entry {entry} is told as {Told(report, line)}, and in the log as {ToldAs(form)}.";
            var commitment = SHA256.HashData([.. proof.GetProperty("salt").GetBytesFromBase64(), .. Encoding.ASCII.GetBytes(form)]);
            if (InclusionProof.Parse(proof.GetProperty("proof").GetString()!).FindFault(commitment, origin, keys) is { } fault)
                return $"Entry {entry}: {fault}";
            proven++;
        }

        return null;
    }

    private static (string Entry, string Driver, string Code, long Points, string ConductOn, string DecidedOn, string Case) ToldAs(string form)
    {
        var fields = form.Split('\n');
        return fields.Length == 14
            ? (fields[2], fields[3], fields[5], long.Parse(fields[6], System.Globalization.CultureInfo.InvariantCulture), fields[8], fields[9], fields[10])
            : throw new FormatException("An entry's form has 13 lines.");
    }

    private static (string, string, string, long, string, string, string) Told(JsonElement report, JsonElement line) => (
        line.GetProperty("entry").GetRawText(), report.GetProperty("driver").GetString()!, Text(line, "code"),
        decimal.ToInt64(line.GetProperty("booked").GetDecimal() * 100), Text(line, "conductOn"), Text(line, "decidedOn"), Text(line, "case"));

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString() ?? "";

    private static string TextOf(string body, string origin) =>
        $"{Name}\n{origin}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\n";
}
