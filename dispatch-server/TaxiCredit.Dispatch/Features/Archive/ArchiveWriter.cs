using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>Writes the entries of an archive one after the other; memory holds one part.</summary>
internal sealed class ArchiveWriter(Stream file) : IDisposable
{
    private readonly StringBuilder _sums = new();
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Dispose() => _content.Dispose();

    public void Entry(string name, ReadOnlySpan<byte> stored)
    {
        Write(name, stored);
        _sums.Append(SumsLine(stored, name));
    }

    /// <summary>Rows of a table, until its <see cref="PartWriter.End"/>.</summary>
    public PartWriter Rows(string table, IReadOnlyList<FormColumn> columns) => new(table, columns, (name, content) =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        Entry(name, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        _content.AppendData(ContentLine(content, name));
    });

    /// <summary>Writes the sums and the end of the file.</summary>
    /// <returns>SHA-256 of all rows and photos, 64 hex digits: the same for two archives of the same city.</returns>
    public string End()
    {
        var content = Convert.ToHexStringLower(_content.GetHashAndReset());
        Write(ArchiveForm.Sums, Encoding.ASCII.GetBytes(_sums + ContentSum(content)));
        file.Write(new byte[2 * TarHeader.Block]);
        return content;
    }

    /// <summary>As <c>sha256sum</c> writes and checks it.</summary>
    public static string SumsLine(ReadOnlySpan<byte> stored, string name) => $"{Convert.ToHexStringLower(SHA256.HashData(stored))}  {name}\n";

    /// <summary>Of what is inflated: how it was packed may differ between versions of the library.</summary>
    public static byte[] ContentLine(ReadOnlySpan<byte> content, string name) => Encoding.ASCII.GetBytes(SumsLine(content, name));

    public static string ContentSum(string content) => string.Create(CultureInfo.InvariantCulture, $"# content {content}\n");

    private void Write(string name, ReadOnlySpan<byte> stored)
    {
        file.Write(TarHeader.Of(name, stored.Length));
        file.Write(stored);
        file.Write(new byte[TarHeader.PaddingOf(stored.Length)]);
    }
}
