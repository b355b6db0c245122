using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
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
