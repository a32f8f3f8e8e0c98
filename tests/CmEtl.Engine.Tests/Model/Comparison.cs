namespace CmEtl.Engine.Tests.Model;

/// <summary>Counts all differences and shows the first ones.</summary>
public sealed class Comparison
{
    public const int MostShown = 20;

    private readonly List<Difference> shown = [];

    public int Total { get; private set; }

    public IReadOnlyList<Difference> Shown => shown;

    public void Add(Difference difference)
    {
        Total++;
        if (shown.Count < MostShown)
        {
            shown.Add(difference);
        }
    }

    public override string ToString() => Total == 0
        ? "no difference"
        : $"{Total} difference(s):{Environment.NewLine}{string.Join(Environment.NewLine, shown)}";
}
