using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using SkiaSharp;
using TaxiCredit.Dispatch.Features.Photos;

namespace Dispatch.Tests.Photos;

[TestClass]
public sealed class PhotoReaderTests
{
    private const string Script = "<script>alert(1)</script>";

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Jpeg)]
    [DataRow(SKEncodedImageFormat.Png)]
    [DataRow(SKEncodedImageFormat.Webp)]
    public async Task Photo_OfEachFormat_BecomesAJpegOfAtMost1600(SKEncodedImageFormat format)
    {
        var (jpeg, fault) = await ReadAsync(Picture(2000, 1000, format));

        Assert.IsNull(fault);
        using var read = SKBitmap.Decode(jpeg);
        Assert.AreEqual((1600, 800), (read.Width, read.Height));
        AssertNear(SKColors.Red, read.GetPixel(10, 10));
        AssertNear(SKColors.Blue, read.GetPixel(1590, 790));
    }

    [TestMethod]
    [DataRow(1599)]
    [DataRow(1600)]
    [DataRow(1601)]
    [DataRow(1)]
    public async Task Photo_AtTheLimit_IsMadeSmallerOnlyBeyondIt(int side)
    {
        var (jpeg, _) = await ReadAsync(Picture(side, side, SKEncodedImageFormat.Png));

        using var read = SKBitmap.Decode(jpeg);
        Assert.AreEqual(Math.Min(side, 1600), read.Width);
    }

    /// <summary>What a phone adds: where, when, with what. It stands at the place of its orientation, so that both are looked at together.</summary>
    [TestMethod]
    [DataRow(1, 40, 20)]
    [DataRow(3, 40, 20)]
    [DataRow(6, 20, 40)]
    [DataRow(8, 20, 40)]
    public async Task Photo_WithExif_IsUprightAndTellsNothing(int orientation, int width, int height)
    {
        var bytes = WithExif(Picture(40, 20, SKEncodedImageFormat.Jpeg), orientation, "GPS 37.16N 122.41E");

        var (jpeg, _) = await ReadAsync(bytes);

        using var read = SKBitmap.Decode(jpeg);
        Assert.AreEqual((width, height), (read.Width, read.Height));
        // Red was at the left of the file: it is at the left, right, top or bottom of the picture as it was taken.
        var red = orientation switch { 1 => (2, 3), 3 => (37, 16), 6 => (16, 2), _ => (3, 37) };
        AssertNear(SKColors.Red, read.GetPixel(red.Item1, red.Item2));
        var text = Encoding.Latin1.GetString(jpeg!);
        Assert.DoesNotContain("Exif", text);
        Assert.DoesNotContain("GPS", text);
    }

    [TestMethod]
    public async Task Photo_WithSomethingBehindIt_KeepsThePictureAlone()
    {
        var (jpeg, fault) = await ReadAsync([.. Picture(40, 20, SKEncodedImageFormat.Jpeg), .. Encoding.ASCII.GetBytes(Script), .. ZipOf("evil.txt")]);

        Assert.IsNull(fault);
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(jpeg!));
        Assert.DoesNotContain("PK\u0003\u0004", Encoding.Latin1.GetString(jpeg!));
    }

    [TestMethod]
    [DataRow("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [DataRow("<html><script>alert(1)</script></html>")]
    [DataRow("GIF89a\u0001\0\u0001\0\0\0\0;")]
    [DataRow("BM\u003a\0\0\0")]
    [DataRow("RIFF\u0010\0\0\0WAVEfmt ")]
    [DataRow("")]
    public async Task File_NotAPicture_IsRefusedWhateverItIsCalled(string content) =>
        Assert.AreEqual(PhotoFault.NotAPicture, (await ReadAsync(Encoding.Latin1.GetBytes(content))).Fault);

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Jpeg)]
    [DataRow(SKEncodedImageFormat.Png)]
    [DataRow(SKEncodedImageFormat.Webp)]
    public async Task Photo_CutOff_IsRefused(SKEncodedImageFormat format)
    {
        var whole = Picture(400, 400, format);

        foreach (var share in new[] { 0.1, 0.5, 0.9 })
            Assert.AreEqual(PhotoFault.Broken, (await ReadAsync(whole[..(int)(whole.Length * share)])).Fault, $"{share}");
    }

    [TestMethod]
    [DataRow("\u00ff\u00d8\u00ff\u00e0 and nothing")]
    [DataRow("\u0089PNG\r\n\u001a\n and nothing")]
    [DataRow("RIFF\u0010\0\0\0WEBPVP8 ")]
    public async Task Photo_BeginningAloneIsRight_IsRefused(string content) =>
        Assert.AreEqual(PhotoFault.Broken, (await ReadAsync(Encoding.Latin1.GetBytes(content))).Fault);

    [TestMethod]
    [DataRow(30_000, 30_000)]
    [DataRow(8_001, 5_000)]
    public async Task Bomb_SmallFileOfManyPixels_IsRefusedUndecoded(int width, int height)
    {
        var bomb = PngOf(width, height);

        Assert.IsLessThan(2000, bomb.Length);
        Assert.AreEqual(PhotoFault.TooManyPixels, (await ReadAsync(bomb)).Fault);
    }

    [TestMethod]
    public async Task File_BeyondTenMegabytes_IsRefusedUnread()
    {
        Assert.AreEqual(PhotoFault.TooLarge, (await ReadAsync(new byte[10_485_761])).Fault);
        Assert.AreEqual(PhotoFault.NotAPicture, (await ReadAsync(new byte[10_485_760])).Fault);
    }

    private static async Task<(byte[]? Jpeg, PhotoFault? Fault)> ReadAsync(byte[] content)
    {
        using var reader = new PhotoReader();
        using var stream = new MemoryStream(content);
        // The name and the type are a liar's.
        var upload = new FormFile(stream, 0, content.Length, "Photo", "holiday.jpg") { Headers = new HeaderDictionary(), ContentType = "image/jpeg" };
        return await reader.ReadAsync(upload, CancellationToken.None);
    }

    /// <summary>Red at the left, blue at the right.</summary>
    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Red);
        using var blue = new SKPaint { Color = SKColors.Blue };
        canvas.DrawRect(width / 2f, 0, width, height, blue);
        using var noise = new SKPaint { Color = SKColors.Green };
        // Something to encode, so that a cut takes some of it away.
        for (var n = 0; n < 200; n++)
            canvas.DrawCircle((n * 7919) % width, height / 2f, 2, noise);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>An APP1 segment behind the start of image, with orientation and a text.</summary>
    private static byte[] WithExif(byte[] jpeg, int orientation, string text)
    {
        var note = Encoding.ASCII.GetBytes(text);
        byte[] tiff =
        [
            .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 2,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0x01, 0x0E, 0, 2, 0, 0, 0, (byte)note.Length, 0, 0, 0, 38, 0, 0, 0, 0, .. note,
        ];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(tiff.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. tiff, .. jpeg[2..]];
    }

    /// <summary>A PNG that claims a size and holds next to nothing.</summary>
    private static byte[] PngOf(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            zlib.Write(new byte[100_000]);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    private static byte[] ZipOf(string name)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry(name);
        return zip.ToArray();
    }

    private static void AssertNear(SKColor expected, SKColor found) => Assert.IsTrue(
        Math.Abs(expected.Red - found.Red) < 40 && Math.Abs(expected.Green - found.Green) < 40 && Math.Abs(expected.Blue - found.Blue) < 40,
        $"{found} instead of {expected}");
}
