using SkiaSharp;

namespace TaxiCredit.Dispatch.Features.Photos;

/// <summary>Why something is not taken for a photo.</summary>
internal enum PhotoFault { NotAPicture, TooLarge, TooManyPixels, Broken }

/// <summary>
/// Reads what somebody calls a photo and re-encodes it: its pixels alone, upright, at most 1,600 to a side, as JPEG. Where it was taken, when, with
/// what, and anything else a file can carry is dropped. What it is, its first bytes and its decoder say, never its name or its claimed type.
/// </summary>
internal sealed class PhotoReader : IDisposable
{
    /// <summary>Bytes.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    /// <summary>
    /// Bytes of a request that is read at all. Well above what a photo may have, so that a photo that is too large is reported next to its field, with
    /// everything else as it was typed.
    /// </summary>
    public const int LargestRequest = 32 * 1024 * 1024;

    /// <summary>Beyond it a picture is not decoded: a small file can claim any size, and each pixel takes four bytes of memory.</summary>
    public const int MaxPixels = 40_000_000;

    private const int LongestSide = 1600;
    private const int Quality = 82;

    // Decoded pictures are large; one at a time bounds what a crowd can take.
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="upload">A form's file; where none was chosen, null or the nameless, empty one that a browser sends.</param>
    /// <returns>The picture as JPEG, or what is wrong with it; neither where none was chosen.</returns>
    public async Task<(byte[]? Jpeg, PhotoFault? Fault)> ReadAsync(IFormFile? upload, CancellationToken stop)
    {
        if (upload is not { FileName.Length: > 0 })
            return (null, null);
        if (upload.Length > LargestFile)
            return (null, PhotoFault.TooLarge);
        var bytes = new byte[upload.Length];
        await using (var content = upload.OpenReadStream())
            await content.ReadExactlyAsync(bytes, stop);

        await _one.WaitAsync(stop);
        try
        {
            return Rewrite(bytes);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static (byte[]? Jpeg, PhotoFault? Fault) Rewrite(byte[] bytes)
    {
        if (FormatOf(bytes) is not { } format)
            return (null, PhotoFault.NotAPicture);
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != format)
            return (null, PhotoFault.Broken);
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
            return (null, PhotoFault.TooManyPixels);

        using var pixels = Decode(codec);
        return pixels is null ? (null, PhotoFault.Broken) : (Encode(pixels, codec.EncodedOrigin), null);
    }

    /// <summary>By the first bytes, so that no decoder but the three we mean to use sees a byte of it.</summary>
    private static SKEncodedImageFormat? FormatOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return SKEncodedImageFormat.Jpeg;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return SKEncodedImageFormat.Png;
        return bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? SKEncodedImageFormat.Webp : null;
    }

    /// <summary>The pixels, already smaller where the format can be decoded so; null if they do not come whole.</summary>
    private static SKBitmap? Decode(SKCodec codec)
    {
        // JPEG decodes to eighths of its size; the next larger one loses nothing.
        var wanted = (float)LongestSide / Math.Max(codec.Info.Width, codec.Info.Height);
        var size = codec.GetScaledDimensions(Math.Min(1f, MathF.Ceiling(wanted * 8) / 8));
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static byte[] Encode(SKBitmap pixels, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, (float)LongestSide / Math.Max(pixels.Width, pixels.Height));
        var (width, height) = (Math.Max(1, (int)(pixels.Width * scale)), Math.Max(1, (int)(pixels.Height * scale)));
        // Origins from here on lie on their side.
        var isTurned = origin >= SKEncodedOrigin.LeftTop;
        using var surface = SKSurface.Create(new SKImageInfo(isTurned ? height : width, isTurned ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(pixels);
        canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <summary>From pixels as they lie in the file to the picture as it was taken (Exif 2.3, 4.6.4 A, Orientation).</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
