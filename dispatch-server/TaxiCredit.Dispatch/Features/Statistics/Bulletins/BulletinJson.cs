using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>A bulletin as a file that <c>verify --bulletin</c> takes.</summary>
internal static class BulletinJson
{
    // Lines end alike on every system, and Chinese stays readable.
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>UTF-8 without a mark, with a line feed at its end.</summary>
    public static byte[] Write(Bulletin bulletin) => [.. JsonSerializer.SerializeToUtf8Bytes(bulletin, Form), (byte)'\n'];
}
