using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Writes a form that is hashed, line by line, into a buffer that is used again: millions are written in a verification. Not thread-safe.</summary>
internal sealed class FormWriter
{
    public const int HexLength = 2 * SHA256.HashSizeInBytes;

    private const int LongestNumber = 20;

    private readonly ArrayBufferWriter<byte> _form = new(1024);

    public ReadOnlySpan<byte> Written => _form.WrittenSpan;

    public void Begin() => _form.ResetWrittenCount();

    /// <summary>Bytes without a line end.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _form.Write(bytes);

    public void Line(ReadOnlySpan<byte> utf8)
    {
        var room = _form.GetSpan(utf8.Length + 1);
        utf8.CopyTo(room);
        room[utf8.Length] = (byte)'\n';
        _form.Advance(utf8.Length + 1);
    }

    public void Line(string text)
    {
        Encoding.UTF8.GetBytes(text, _form);
        _form.Write("\n"u8);
    }

    public void Line(long number)
    {
        var room = _form.GetSpan(LongestNumber + 1);
        Utf8Formatter.TryFormat(number, room, out var length);
        room[length] = (byte)'\n';
        _form.Advance(length + 1);
    }

    /// <summary>SHA-256 of what was written, in lower-case hex digits.</summary>
    /// <param name="hex">Room for <see cref="HexLength"/> bytes.</param>
    public void Hash(Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_form.WrittenSpan, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
    }

    /// <inheritdoc cref="Hash(Span{byte})"/>
    public string Hash()
    {
        Span<byte> hex = stackalloc byte[HexLength];
        Hash(hex);
        return Encoding.ASCII.GetString(hex);
    }
}
