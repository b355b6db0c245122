using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Demo.City;

/// <summary>The people at the synthetic bureau.</summary>
internal static class DemoActors
{
    public const string Admin = "admin";
    public const string Auditor = "auditor-sun";

    public static string[] Officers { get; } = ["officer-chen", "officer-lin"];

    public static string[] Supervisors { get; } = ["supervisor-zhao", "supervisor-wang"];

    public static string OtherOfficer(string name) => Officers.First(officer => officer != name);

    public static IEnumerable<Actor> All =>
    [
        .. Officers.Select(name => new Actor { Name = name, Role = Role.Officer }),
        .. Supervisors.Select(name => new Actor { Name = name, Role = Role.Supervisor }),
        new Actor { Name = Auditor, Role = Role.Auditor },
        new Actor { Name = Admin, Role = Role.Admin },
    ];
}
