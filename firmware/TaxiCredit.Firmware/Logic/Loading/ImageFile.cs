using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Loading;

/// <summary>
/// The image at the end of the package that a slot's file holds. The checks of its blocks are not looked at: interpreted, they would cost the light seconds at
/// each start, and the digest, which the platform computes, says more.
/// </summary>
internal static class ImageFile
{
    /// <param name="files">Of the slots.</param>
    /// <param name="slot">Which one.</param>
    /// <param name="imageSize">Bytes of the image, as the record has them.</param>
    /// <returns>Null when the file has not as much, or is none. What comes has yet to be compared with its digest.</returns>
    public static byte[]? Read(IProgramFiles files, int slot, int imageSize)
    {
        byte[] part = new byte[SlotLayout.BlockSize];
        if (!files.TryRead(slot, SlotLayout.PrefixSize + SlotLayout.SizeInOffer, part, 4)) return null;
        uint size = Bytes.GetUInt32(part, 0);
        if (imageSize <= 0 || imageSize > Manifest.MaxImageBytes || size < imageSize || size > SlotLayout.MaxPackageBytes) return null;

        byte[] image = new byte[imageSize];
        int begin = (int)size - imageSize;
        int done = 0;
        while (done < imageSize)
        {
            int at = (begin + done) % SlotLayout.BlockSize;
            int address = SlotLayout.AddressOf(1 + ((begin + done) / SlotLayout.BlockSize)) + SlotLayout.PrefixSize + at;
            int count = SlotLayout.BlockSize - at;
            if (count > imageSize - done) count = imageSize - done;
            if (!files.TryRead(slot, address, part, count)) return null;
            System.Array.Copy(part, 0, image, done, count);
            done += count;
        }

        return image;
    }
}
