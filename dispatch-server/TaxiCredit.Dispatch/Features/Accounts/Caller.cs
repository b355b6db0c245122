namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Who asks for a page: one of each request, and of each live page's connection.</summary>
internal sealed class Caller
{
    /// <summary>Who is signed in, with today's role; null when nobody is.</summary>
    public Person? Current { get; set; }
}
