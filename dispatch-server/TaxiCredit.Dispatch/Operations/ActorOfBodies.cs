using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A command says who acts; its body never does. What carries the request adds it afterwards.</summary>
internal static class ActorOfBodies
{
    /// <summary>Lets bodies do without; one that names an actor all the same is refused, see <see cref="Acting"/>.</summary>
    public static void Leave(JsonSerializerOptions json) =>
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
        {
            foreach (var property in type.Properties.Where(IsActor))
                property.IsRequired = false;
        });

    /// <summary>Keeps it out of the description of the API.</summary>
    public static Task HideAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(IsActor))
        {
            schema.Properties?.Remove(property.Name);
            schema.Required?.Remove(property.Name);
        }

        return Task.CompletedTask;
    }

    private static bool IsActor(JsonPropertyInfo property) => property.PropertyType == typeof(Acting);
}
