using System.Buffers;
using System.Text;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Sheets;

/// <summary>
/// Tells a text's encoding by its bytes: by a mark at its beginning, by the zeros that UTF-16 puts between letters, by being UTF-8 to its end, and only then
/// as GB18030, which Chinese Excel writes. A text in two of them is refused with the line.
/// </summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Strict: bytes that are no character throw instead of becoming a question mark.</summary>
    private static readonly Lazy<Encoding> Gb18030 = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    });

    public static Outcome<(string Form, string Text)> Decode(byte[] content)
    {
        try
        {
            return content switch
            {
                [0xEF, 0xBB, 0xBF, ..] => ("utf-8", Utf8.GetString(content, 3, content.Length - 3)),
                [0xFF, 0xFE, ..] => ("utf-16", Utf16(isBigEndian: false).GetString(content, 2, content.Length - 2)),
                [0xFE, 0xFF, ..] => ("utf-16", Utf16(isBigEndian: true).GetString(content, 2, content.Length - 2)),
                _ when content.AsSpan().Contains((byte)0) => DecodeZeros(content),
                _ when System.Text.Unicode.Utf8.IsValid(content) => ("utf-8", Utf8.GetString(content)),
                _ when FindUtf8(content) is { } line => Refusal.Malformed(
                    "file-encoding", $"Line {line} is written in UTF-8 and others in another encoding; save the file as 'CSV UTF-8'."),
                _ => ("gb18030", Gb18030.Value.GetString(content)),
            };
        }
        catch (Exception wrong) when (wrong is DecoderFallbackException or ArgumentException)
        {
            return Refusal.Malformed("file-encoding", "Some bytes of the file are no characters; save it as 'CSV UTF-8', or as .xlsx.");
        }
    }

    private static UnicodeEncoding Utf16(bool isBigEndian) => new(isBigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>
    /// UTF-16 without a mark has a zero in each second byte where there are separators and line ends. A few ideographs have one in the other: 一 is 4E 00.
    /// </summary>
    private static Outcome<(string Form, string Text)> DecodeZeros(byte[] content)
    {
        var zeros = new int[2];
        for (var at = 0; at < content.Length; at++)
            zeros[at % 2] += content[at] == 0 ? 1 : 0;
        if (content.Length % 2 == 0 && zeros.Max() > 4 * zeros.Min())
            return ("utf-16", Utf16(isBigEndian: zeros[0] > zeros[1]).GetString(content));
        return WorkbookReader.IsNone("no text and no spreadsheet");
    }

    /// <summary>The first line that is UTF-8 with a character of three bytes, as Chinese has; two bytes may be one character of GB18030.</summary>
    private static int? FindUtf8(byte[] content)
    {
        var (rest, line) = (new ReadOnlySequence<byte>(content), 0);
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            line++;
            var bytes = rest.Slice(0, end).ToArray();
            if (bytes.AsSpan().IndexOfAnyInRange((byte)0xE0, (byte)0xEF) >= 0 && System.Text.Unicode.Utf8.IsValid(bytes))
                return line;
            rest = rest.Slice(rest.GetPosition(1, end));
        }

        return null;
    }
}
