namespace TaxiCredit.Dispatch.Features.Photos;

/// <summary>Photos that come with reports of passengers and of peers. Whose they are and who may look is for the feature that a photo came with.</summary>
internal static class PhotosFeature
{
    public static void AddPhotos(this IServiceCollection services) =>
        services.AddSingleton<PhotoFolder>().AddSingleton<PhotoReader>();
}
