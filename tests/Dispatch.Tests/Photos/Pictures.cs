using SkiaSharp;

namespace Dispatch.Tests.Photos;

internal static class Pictures
{
    /// <summary>A red picture of 30 by 20.</summary>
    public static byte[] Jpeg()
    {
        using var bitmap = new SKBitmap(30, 20);
        bitmap.Erase(SKColors.Red);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
