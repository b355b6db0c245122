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
namespace TaxiCredit.Dispatch.Features.Photos;

/// <summary>Photos that come with reports of passengers and of peers. Whose they are and who may look is for the feature that a photo came with.</summary>
internal static class PhotosFeature
{
    public static void AddPhotos(this IServiceCollection services) =>
        services.AddSingleton<PhotoFolder>().AddSingleton<PhotoReader>();
}
