using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Features.Exchange.Csv;

/// <summary>
/// What can be told of a file from its bytes, in one pass and a fixed amount of memory: its encoding, its digest, and whether it is whole.
/// A file without a mark at its beginning is UTF-8 if all of it is, otherwise GB18030, which Chinese Excel writes. GB18030 also accepts most
/// UTF-8 and turns it into other characters, so that a file with lines of both is told by its lines and refused.
/// </summary>
internal sealed class FileForm
{
    /// <summary>Longest line in bytes; a longer one is a file of another kind, or a quotation mark that is never closed.</summary>
    public const int LongestLine = 256 * 1024;

    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = MakeGb18030();

    private readonly string _file;
    private readonly Faults _faults;
    private long _line;
    private long _firstUtf8;
    private long _firstOther;
    private bool _marked;

    private FileForm(string file, Faults faults) => (_file, _faults) = (file, faults);

    public Encoding Encoding { get; private set; } = Utf8;

    /// <summary>SHA-256 of the file, 64 lower-case hex digits.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Strict: bytes that are no character throw instead of becoming a question mark.</summary>
    private static Encoding MakeGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>Reads the file to its end and returns to its beginning.</summary>
    public static FileForm Of(Stream bytes, string name, Faults faults)
    {
        var form = new FileForm(name, faults);
        form.Read(bytes);
        bytes.Position = 0;
        return form;
    }

    private void Read(Stream bytes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLine);
        var (kept, atStart) = (0, true);
        while (!_faults.Any)
        {
            var read = bytes.Read(buffer, kept, LongestLine);
            if (read == 0)
                break;
            digest.AppendData(buffer, kept, read);
            var window = buffer.AsSpan(0, kept + read);
            if (atStart)
            {
                _marked = window.StartsWith(Utf8Mark);
                window = window[(_marked ? Utf8Mark.Length : 0)..];
                atStart = false;
            }

            while (window.IndexOf((byte)'\n') is >= 0 and var end)
            {
                Look(window[..end]);
                window = window[(end + 1)..];
            }

            if (window.Length >= LongestLine)
                Fault(_line + 1, $"{window.Length} bytes without a line break", $"lines of at most {LongestLine} bytes");
            kept = window.Length;
            window.CopyTo(buffer);
        }

        if (kept > 0 && !_faults.Any)
        {
            Look(buffer.AsSpan(0, kept));
            Fault(
                _line, Encoding.Latin1.GetString(buffer, 0, Math.Min(kept, 40)),
                "a line break after the last line; without one the file may have been cut off. If it is whole, end it with a line break");
        }

        ArrayPool<byte>.Shared.Return(buffer);
        Sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
        Conclude();
    }

    private void Look(ReadOnlySpan<byte> line)
    {
        _line++;
        if (line.Contains((byte)0))
            Fault(_line, "a zero byte", "UTF-8 or GB18030; save the file as 'CSV UTF-8'");
        if (!System.Text.Ascii.IsValid(line))
        {
            if (!System.Text.Unicode.Utf8.IsValid(line))
                _firstOther = _firstOther == 0 ? _line : _firstOther;
            else if (_firstUtf8 == 0 && HasThreeByteCharacter(line))
                _firstUtf8 = _line;
        }
    }

    /// <summary>Chinese takes three bytes in UTF-8. Two bytes that look like UTF-8 may be one character of GB18030; three in a valid line are not.</summary>
    private static bool HasThreeByteCharacter(ReadOnlySpan<byte> line) => line.IndexOfAnyInRange((byte)0xE0, (byte)0xEF) >= 0;

    private void Conclude()
    {
        if (_firstOther == 0)
            return;
        if (_marked)
            Fault(_firstOther, "bytes that are not UTF-8", "UTF-8, as the mark at the file's beginning says");
        else if (_firstUtf8 == 0)
            Encoding = Gb18030;
        else if (_firstOther > _firstUtf8)
            Fault(_firstOther, "bytes that are not UTF-8", $"one encoding; line {_firstUtf8} is written in UTF-8");
        else
            Fault(_firstUtf8, "UTF-8", $"one encoding; line {_firstOther} is written in another");
    }

    private void Fault(long line, string value, string expected) => _faults.Add(new(_file, line, "", value, expected));
}
