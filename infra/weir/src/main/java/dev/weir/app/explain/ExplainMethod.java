package dev.weir.app.explain;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.gradient.ExpectedGradients;
import dev.weir.model.explain.gradient.IntegratedGradients;
import dev.weir.model.explain.local.Lime;
import dev.weir.model.explain.shapley.ExactShapley;
import dev.weir.model.explain.shapley.KernelShapley;
import dev.weir.model.explain.shapley.PermutationShapley;
import java.util.Arrays;

/** The ways to explain a row that the command offers. */
public enum ExplainMethod {
  /** Exact Shapley values. */
  EXACT {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      return ExactShapley.of(model.predictor(), model.background());
    }
  },
  /** Shapley values by antithetic permutations. */
  PERMUTATION {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      return PermutationShapley.of(
          model.predictor(), model.background(), settings.precision(), settings.seed());
    }
  },
  /** Shapley values by weighted regression. */
  KERNEL {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      return KernelShapley.of(
          model.predictor(), model.background(), settings.precision(), settings.seed());
    }
  },
  /** Integrated gradients. */
  IG {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      double[] baseline = settings.baseline().of(model.background());
      return IntegratedGradients.of(model.network(), baseline, IntegratedGradients.DEFAULT_STEPS);
    }
  },
  /** Expected gradients. */
  EG {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      return ExpectedGradients.of(
          model.network(), model.background(), settings.precision(), settings.seed());
    }
  },
  /** A linear model around the row. */
  LIME {
    @Override
    public Explainer explainer(ExplainedModel model, Settings settings) {
      int samples = Math.max(Lime.DEFAULT_SAMPLES, 20 * model.background().features());
      return Lime.of(model.predictor(), model.background(), samples, settings.seed());
    }
  };

  /** Where the paths of integrated gradients begin. */
  public enum Baseline {
    /** A row of zeros, as Captum has it. */
    ZERO {
      @Override
      double[] of(Background background) {
        return new double[background.features()];
      }
    },
    /** The mean of the known values of each column of the background. */
    MEAN {
      @Override
      double[] of(Background background) {
        double[] mean = new double[background.features()];
        for (int j = 0; j < mean.length; j++) {
          mean[j] =
              Arrays.stream(background.column(j))
                  .filter(value -> !Double.isNaN(value))
                  .average()
                  .orElse(Double.NaN);
        }
        return mean;
      }
    };

    abstract double[] of(Background background);
  }

  /**
   * What an explanation is told beside the model.
   *
   * @param seed of what is drawn at random
   * @param precision when sampled values are good enough
   * @param baseline of integrated gradients
   */
  public record Settings(long seed, Precision precision, Baseline baseline) {}

  /** Returns the exact method where it is quick, else sampling. */
  public static ExplainMethod forFeatures(int features) {
    return features <= 14 ? EXACT : PERMUTATION;
  }

  /** Returns the explainer of a model. */
  public abstract Explainer explainer(ExplainedModel model, Settings settings);
}
