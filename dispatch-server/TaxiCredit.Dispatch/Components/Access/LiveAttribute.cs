namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>
/// A page with a live part. Only such a page loads the script that keeps a connection; every other page works and weighs as if there were none.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LiveAttribute : Attribute;
